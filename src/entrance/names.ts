import { isHostOf, type Call } from '../http/index.ts'

/** The names that are ours. */
export interface Names {
  /** The issuers, the first of them ours from of old; the others are there in mode `follow`. */
  issuers: readonly [string, ...string[]]
  /** Where servers reach us, in mode `split`. */
  internalUrl?: string | undefined
  /** The port that we listen on, under which this machine may call us by any name of its own. */
  port: number
}

export interface FoundName {
  /** As whom we answer. */
  issuer: string
  /** Whether a browser must not go on under this name. */
  isForPrograms: boolean
  isInternal: boolean
}

/** Whose name somebody called, or `undefined` when it is not ours. */
export function findName({ host, scheme }: Call, names: Names): FoundName | undefined {
  const named = names.issuers.filter((issuer) => isHostOf(host, issuer))
  const found = named.find((issuer) => schemeOf(issuer) === (scheme ?? 'http')) ?? named[0]
  if (found !== undefined) {
    const isOtherScheme = scheme !== undefined && schemeOf(found) !== scheme
    return { issuer: found, isForPrograms: isOtherScheme, isInternal: false }
  }
  const { issuers, internalUrl, port } = names
  const known = { issuer: issuers[0], isForPrograms: true }
  if (internalUrl !== undefined && isHostOf(host, internalUrl))
    return { ...known, isInternal: true }
  return isThisMachine(host, scheme, port) ? { ...known, isInternal: false } : undefined
}

const thisMachine = ['localhost', '127.0.0.1', '[::1]']

const isThisMachine = (host: Call['host'], scheme: Call['scheme'], port: number) =>
  thisMachine.some((name) => isHostOf(host, `${scheme ?? 'http'}://${name}:${port}`))

const schemeOf = (url: string) => new URL(url).protocol.slice(0, -1)
