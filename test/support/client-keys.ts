import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose'

/** A key pair of a relying party: the private half for openid-client, the public one to register. */
export interface ClientKey {
  kid: string
  privateKey: CryptoKey
  jwk: JWK
}

export async function aClientKey(alg: string, use: 'sig' | 'enc' = 'sig'): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const kid = `${alg}-${use}`
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use } }
}
