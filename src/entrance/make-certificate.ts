import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  sign,
  X509Certificate,
} from 'node:crypto'
import { isIP } from 'node:net'
import { promisify } from 'node:util'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import * as x509 from '@peculiar/asn1-x509'
import { systemRandom, type Clock } from '../kernel/index.ts'
import type { TlsMaterial } from '../http/index.ts'

const day = 24 * 3600 * 1000

/** Clocks of machines differ a little. */
const early = day

/** Browsers take no server's certificate that lasts longer than 398 days. */
const lifetime = { authority: 3650 * day, server: 397 * day }

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const commonName = '2.5.4.3'

/** A private key in PEM, as {@link makeAuthority} wants it. */
export async function makeKey(): Promise<string> {
  return pemOf((await newKey()).key)
}

/** A certificate authority that nobody trusts yet, with this key. RFC 5280 §4. */
export function makeAuthority(privateKey: string, clock: Clock): TlsMaterial {
  const pair = pairOf(createPrivateKey(privateKey))
  // Browsers mix up authorities of one name and different keys, so that each key has its own.
  const name = nameOf(`Mock VNeID CA ${idOf(pair.spki).subarray(0, 4).toString('hex')}`)
  return signed(pair, {
    subject: name,
    issuer: name,
    signer: pair.key,
    validity: validity(clock, lifetime.authority),
    extensions: [
      extension(
        x509.id_ce_basicConstraints,
        true,
        new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 }),
      ),
      extension(
        x509.id_ce_keyUsage,
        true,
        new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign),
      ),
      extension(
        x509.id_ce_subjectKeyIdentifier,
        false,
        new x509.SubjectKeyIdentifier(idOf(pair.spki)),
      ),
    ],
  })
}

/** A certificate for a server that answers to these names and addresses. */
export async function makeServer(
  authority: TlsMaterial,
  names: readonly string[],
  clock: Clock,
): Promise<TlsMaterial> {
  const pair = await newKey()
  const parsed = AsnConvert.parse(new X509Certificate(authority.cert).raw, x509.Certificate)
  const { subject: issuer, subjectPublicKeyInfo } = parsed.tbsCertificate
  const issuerId = new x509.KeyIdentifier(
    idOf(Buffer.from(AsnConvert.serialize(subjectPublicKeyInfo))),
  )
  const alternatives = names.map(
    (name) => new x509.GeneralName(isIP(name) === 0 ? { dNSName: name } : { iPAddress: name }),
  )
  return signed(pair, {
    subject: nameOf('Mock VNeID'),
    issuer,
    signer: createPrivateKey(authority.key),
    validity: validity(clock, lifetime.server),
    extensions: [
      extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })),
      extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)),
      extension(x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
      extension(x509.id_ce_subjectAltName, false, new x509.SubjectAlternativeName(alternatives)),
      extension(
        x509.id_ce_subjectKeyIdentifier,
        false,
        new x509.SubjectKeyIdentifier(idOf(pair.spki)),
      ),
      extension(
        x509.id_ce_authorityKeyIdentifier,
        false,
        new x509.AuthorityKeyIdentifier({ keyIdentifier: issuerId }),
      ),
    ],
  })
}

type Signer = ReturnType<typeof createPrivateKey>

interface KeyPair {
  key: Signer
  spki: Buffer
}

interface Contents {
  subject: x509.Name
  issuer: x509.Name
  signer: Signer
  validity: x509.Validity
  extensions: x509.Extension[]
}

function signed({ key, spki }: KeyPair, { signer, extensions, ...names }: Contents): TlsMaterial {
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ecdsaWithSha256 })
  const body = new x509.TBSCertificate({
    ...names,
    version: x509.Version.v3,
    serialNumber: positive(systemRandom.bytes(16)),
    signature: algorithm,
    subjectPublicKeyInfo: AsnConvert.parse(spki, x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions(extensions),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(body)), signer)
  const certificate = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: toArrayBuffer(signature),
  })
  return {
    cert: new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString(),
    key: pemOf(key),
  }
}

async function newKey(): Promise<KeyPair> {
  return pairOf((await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })).privateKey)
}

function pairOf(key: Signer): KeyPair {
  return { key, spki: createPublicKey(key).export({ type: 'spki', format: 'der' }) }
}

const pemOf = (key: Signer): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

function extension(extnID: string, critical: boolean, value: object): x509.Extension {
  return new x509.Extension({
    extnID,
    critical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  })
}

function nameOf(text: string): x509.Name {
  const value = new x509.AttributeValue({ utf8String: text })
  const part = new x509.AttributeTypeAndValue({ type: commonName, value })
  return new x509.Name([new x509.RelativeDistinguishedName([part])])
}

function validity(clock: Clock, lastsMs: number): x509.Validity {
  const notBefore = new Date(clock.now() - early)
  return new x509.Validity({ notBefore, notAfter: new Date(notBefore.getTime() + lastsMs) })
}

/** Identifies a key. RFC 5280 §4.2.1.2. */
const idOf = (spki: Buffer): Buffer => createHash('sha1').update(spki).digest()

/** An ASN.1 integer: not below nought, and without idle zeros in front. */
function positive(bytes: Uint8Array): ArrayBuffer {
  const number = Uint8Array.from(bytes)
  number[0] = (number[0]! & 0x7f) | 0x40
  return number.buffer
}

const toArrayBuffer = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer
