import { scopeClaims } from '../accounts/index.ts'

/** What a relying party asks to be told about somebody, by the names of claims. */
export interface Asked {
  /** Told, or nothing is. */
  essential: readonly string[]
  /** Told unless the person keeps them back. */
  optional: readonly string[]
}

export interface AskedOptions {
  scopes: readonly string[]
  /** Claims asked for one by one, and whether each is essential. */
  claims: ReadonlyMap<string, boolean>
  /** Which claims may be kept back: their names, or those of the scopes that open them. */
  optional: readonly string[]
}

/**
 * What is asked, and what of it may be kept back. A claim that is asked for by itself is essential
 * if it says so, and voluntary otherwise (OpenID Connect Core §5.5.1). One that a scope opens is
 * essential unless it is named among the optional ones: the protocol leaves that open.
 */
export function whatIsAsked({ scopes, claims, optional }: AskedOptions): Asked {
  const opened = claimsOpened(scopes)
  const names = leading(['sub', ...opened, ...claims.keys()])
  const isOpened = new Set(opened)
  const isNamed = new Set([...optional, ...claimsOpened(optional)])
  const isOptional = (name: string): boolean => {
    if (name === 'sub') return false
    if ([name, ...companionsOf(name)].some((one) => claims.get(one) === true)) return false
    return isNamed.has(name) || !isOpened.has(name)
  }
  return {
    essential: names.filter((name) => !isOptional(name)),
    optional: names.filter(isOptional),
  }
}

/** All claims that these scopes open. */
export const claimsOpened = (scopes: readonly string[]): string[] =>
  scopes.flatMap((scope) => scopeClaims[scope] ?? [])

/** Said of every sign-in, of whoever it is: nobody is asked. */
const aboutTheSignIn: ReadonlySet<string> = new Set(
  scopeClaims['openid']!.filter((name) => name !== 'sub'),
)

/** Claims that say no more than another one does, and are told or kept back with it. */
const companions: Readonly<Record<string, readonly string[]>> = {
  name: ['family_name', 'middle_name', 'given_name'],
  phone_number: ['phone_number_verified'],
  email: ['email_verified'],
}

/** What is told with a claim. */
export const companionsOf = (name: string): readonly string[] => companions[name] ?? []

/** What may be named as optional: claims that people decide on, and scopes that open such. */
export const optionalNames: readonly string[] = Object.entries(scopeClaims)
  .flatMap(([scope, names]) => (scope === 'openid' ? [] : [scope, ...names]))
  .filter((name, index, all) => all.indexOf(name) === index)

const everyClaim = Object.values(scopeClaims).flat()

/**
 * The claims among these that a person decides on, in the order of the scopes: none that only says
 * how they signed in, and none that goes along with another.
 */
export function leading(names: Iterable<string>): string[] {
  const all = new Set(names)
  const following = new Set([...all].flatMap(companionsOf))
  return everyClaim.filter(
    (name) => all.has(name) && !following.has(name) && !aboutTheSignIn.has(name),
  )
}
