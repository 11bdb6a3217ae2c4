import { isIP } from 'node:net'
import { connect, type PeerCertificate } from 'node:tls'
import { hostOf, portOf } from './hosts.ts'
import { timeoutSeconds } from './probe.ts'

/** Who a server says it is, believed or not. */
export interface Certificate {
  /** Who signed it. */
  signedBy: string
  isSelfSigned: boolean
  /** The names it is for: `DNS:localhost, IP Address:127.0.0.1`. */
  names: string
  validFrom: string
  validTo: string
}

/**
 * Looks at a server's certificate without trusting it and without sending it anything. `undefined`
 * where nobody speaks TLS.
 */
export async function lookAtCertificate(url: URL): Promise<Certificate | undefined> {
  const host = hostOf(url)
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: portOf(url),
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    })
    const end = (certificate?: Certificate) => {
      socket.destroy()
      resolve(certificate)
    }
    socket.setTimeout(timeoutSeconds * 1000, () => end())
    socket.once('error', () => end())
    socket.once('secureConnect', () => end(read(socket.getPeerCertificate())))
  })
}

function read(certificate: PeerCertificate): Certificate | undefined {
  if (Object.keys(certificate).length === 0) return undefined
  const { issuer, subject, subjectaltname = '', valid_from, valid_to } = certificate
  return {
    signedBy: nameIn(issuer),
    isSelfSigned: JSON.stringify(issuer) === JSON.stringify(subject),
    names: subjectaltname || `CN ${nameIn(subject)}`,
    validFrom: valid_from,
    validTo: valid_to,
  }
}

function nameIn({ CN, O }: PeerCertificate['subject']): string {
  return [CN ?? O ?? 'somebody without a name'].flat().join(', ')
}
