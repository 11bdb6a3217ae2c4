import { existsSync } from 'node:fs'
import { lookAtCertificate, type Certificate } from './certificate.ts'
import { wrong, type Finding } from './diagnosis.ts'
import { hostOf, isContainerName, isLoopback, portOf, withScheme } from './hosts.ts'
import { timeoutSeconds, type NoAnswer } from './probe.ts'
import { quote } from './quote.ts'
import type { Environment } from './proxies.ts'

type Told = Pick<Finding, 'what' | 'why' | 'fix'>

/** Why the issuer cannot be reached from here, and what to do about it. */
export async function whyUnreachable(
  failure: NoAnswer,
  environment: Environment,
): Promise<Finding> {
  const { url, reason } = failure
  if (reason === 'untrusted' || reason === 'other-name' || reason === 'out-of-date') {
    const certificate = await lookAtCertificate(url)
    const tell = { untrusted, 'other-name': otherName, 'out-of-date': outOfDate }[reason]
    return wrong('certificate', tell(failure, certificate, environment))
  }
  if (reason === 'cut' && url.protocol === 'http:' && (await lookAtCertificate(url)))
    return wrong('connection', speaksTls(failure))
  return wrong(reason === 'proxy-password' ? 'proxy' : 'connection', unreachable[reason](failure))
}

/** In a few words, for an address that is one of several. */
export const inShort = ({ reason, code }: NoAnswer): string =>
  ({
    refused: 'nobody listens there',
    'unknown-name': 'the name is not known here',
    silent: `no answer within ${timeoutSeconds} seconds`,
    unroutable: 'there is no route to it',
    untrusted: 'its certificate is not trusted',
    'other-name': 'its certificate is for another name',
    'out-of-date': 'its certificate is not valid today',
    'not-tls': 'it does not speak TLS',
    cut: 'the connection was cut',
    'proxy-password': 'a proxy wants a password',
    forbidden: 'it is a real service, and was not asked',
    other: 'the request failed',
  })[reason] + ` (${code})`

const insideContainer =
  'Inside a container, localhost is the container itself: use the name of the provider’s service there, with --issuer-mode split.'

const unreachable: Record<NoAnswer['reason'], (failure: NoAnswer) => Told> = {
  refused: ({ url, code }) => ({
    what: `nobody listens at ${url.host} (${code}).`,
    why: isLoopback(url)
      ? `The provider is not running, or is on another port. ${insideContainer}`
      : 'The provider is not running there, is on another port, or its port is not published.',
    fix: isLoopback(url)
      ? `Start it (mock-vneid start --port ${portOf(url)}), or look at the first lines it printed for its address.`
      : `Look at "docker compose ps" for the published port. A provider in a container must listen beyond loopback: --host 0.0.0.0.`,
  }),
  'unknown-name': ({ url, code }) => ({
    what: `the name ${quote(hostOf(url))} is not known here (${code}).`,
    why: isContainerName(url)
      ? 'It is a name inside a container network. Outside, and in a browser, nobody knows it.'
      : 'Neither DNS nor the hosts file of this machine has it.',
    fix: isContainerName(url)
      ? 'From here use the published address, such as http://localhost:3006. From a container, put both into the same compose network. Where both must work, start the mock with --issuer-mode split.'
      : 'Check the spelling; or add the name to DNS or to the hosts file (in compose: extra_hosts).',
  }),
  silent: ({ url, code }) => ({
    what: `${url.host} did not answer within ${timeoutSeconds} seconds (${code}).`,
    why: 'A firewall drops the packets, the address is that of another network, or the provider hangs.',
    fix: `Try "curl -v ${url.origin}/" from the same place. If it hangs too, it is the network: firewall, VPN, or a proxy that one must use from here.`,
  }),
  unroutable: ({ url, code }) => ({
    what: `there is no route to ${url.host} (${code}).`,
    why: 'This machine or container is not connected to the network of that address.',
    fix: 'Connect the VPN, or put the containers into one network.',
  }),
  'not-tls': ({ url, code }) => ({
    what: `${url.host} was called by https and does not speak TLS (${code}).`,
    why: 'The port serves plain http.',
    fix: `Use ${withScheme(new URL('/', url), 'http')} as the issuer, or start the mock with --tls self-signed, or put the proxy that ends TLS before it.`,
  }),
  cut: ({ url, code }) => ({
    what: `${url.host} took the call and cut the connection (${code}).`,
    why: 'What listens there is no web server, is just starting or stopping, or a firewall resets what it does not like.',
    fix: 'Look at the log of what listens on that port, then run this again.',
  }),
  'proxy-password': ({ url, code }) => ({
    what: `a proxy answered in place of ${url.host} and wants a password (${code}).`,
    why: 'The request never reached the provider.',
    fix: `Add ${hostOf(url)} to NO_PROXY, or give the proxy’s password in HTTP_PROXY.`,
  }),
  forbidden: ({ url }) => ({
    what: `${url.host} belongs to a real service. Nothing was asked of it.`,
    why: 'This tool is for mocks and test environments.',
    fix: 'Give the address of your mock or test provider.',
  }),
  untrusted: (failure) => untrusted(failure, undefined, {}),
  'other-name': (failure) => otherName(failure, undefined),
  'out-of-date': (failure) => outOfDate(failure, undefined),
  other: ({ url, code }) => ({
    what: `the request to ${url.host} failed (${code}).`,
    why: 'It is none of the failures that are known here.',
    fix: `Try "curl -v ${url.origin}/" from the same place, which says more.`,
  }),
}

function speaksTls({ url, code }: NoAnswer): Told {
  return {
    what: `${url.host} was called by http and speaks TLS (${code}).`,
    why: 'The port serves https only.',
    fix: `Use ${withScheme(new URL('/', url), 'https')} as the issuer.`,
  }
}

function untrusted(
  { url, code }: NoAnswer,
  certificate: Certificate | undefined,
  environment: Environment,
): Told {
  const signer = certificate?.isSelfSigned
    ? 'by itself'
    : `by ${quote(certificate?.signedBy ?? 'a certificate authority that is not trusted here')}`
  return {
    what: `the certificate of ${url.host} is signed ${signer}, which is not trusted here (${code}).`,
    why: `Every relying party on this machine will refuse it. ${extraAuthorities(environment)}`.trim(),
    fix: `Trust its certificate authority; never switch the check off. Mock VNeID gives it away: curl -k ${url.origin}/ca.pem -o mock-vneid-ca.pem. Then Node: NODE_EXTRA_CA_CERTS=mock-vneid-ca.pem, set before the process starts. Java: keytool -importcert into the truststore. .NET, Go and curl on Linux: copy it to /usr/local/share/ca-certificates/mock-vneid-ca.crt and run update-ca-certificates. Python requests: REQUESTS_CA_BUNDLE.`,
  }
}

function extraAuthorities({ NODE_EXTRA_CA_CERTS: file }: Environment): string {
  if (file === undefined || file === '') return ''
  return existsSync(file)
    ? `NODE_EXTRA_CA_CERTS is ${quote(file)}, but this authority is not in it, or it was set after the process started.`
    : `NODE_EXTRA_CA_CERTS is ${quote(file)}, and there is no such file.`
}

function otherName({ url, code }: NoAnswer, certificate: Certificate | undefined): Told {
  return {
    what: `the certificate of ${url.host} is not for ${quote(hostOf(url))}${certificate ? ` but for ${quote(certificate.names)}` : ''} (${code}).`,
    why: 'A relying party that calls it by this name must refuse it.',
    fix: `Call it by a name of the certificate, or let the certificate have this one: with --tls self-signed, --tls-names ${hostOf(url)}.`,
  }
}

function outOfDate({ url, code }: NoAnswer, certificate: Certificate | undefined): Told {
  return {
    what: `the certificate of ${url.host} is not valid today${certificate ? `: it is from ${certificate.validFrom} to ${certificate.validTo}` : ''} (${code}).`,
    why: 'Every relying party will refuse it. If those dates look right, the clock of this machine is wrong.',
    fix: 'Renew the certificate and restart what serves it, or set the clock.',
  }
}
