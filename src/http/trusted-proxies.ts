import { BlockList, isIP } from 'node:net'

/** Says of an address whether what it passes on is believed. */
export type IsTrusted = (address: string | undefined) => boolean

/** Whether a text is an address or a range of them in CIDR notation, of IPv4 or IPv6. */
export function isAddressOrRange(text: string): boolean {
  return rangeOf(text) !== undefined
}

/** Believes the addresses and ranges that are listed; nobody when the list is empty. */
export function trust(entries: readonly string[]): IsTrusted {
  if (entries.length === 0) return () => false
  const list = new BlockList()
  for (const { address, prefix, family } of entries.flatMap((entry) => rangeOf(entry) ?? []))
    list.addSubnet(address, prefix, family)
  return (address) => {
    const plain = plainAddress(address ?? '')
    const version = isIP(plain)
    return version !== 0 && list.check(plain, familyOf(version))
  }
}

/** An address without its zone, and IPv4 as such where IPv6 carries it. RFC 4291 §2.5.5.2. */
export const plainAddress = (address: string): string =>
  address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')

interface Range {
  address: string
  prefix: number
  family: 'ipv4' | 'ipv6'
}

function rangeOf(text: string): Range | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  if (version === 0 || address.includes('%')) return undefined
  const longest = version === 4 ? 32 : 128
  const prefix = digits === undefined ? longest : Number(digits)
  return prefix > longest ? undefined : { address, prefix, family: familyOf(version) }
}

const familyOf = (version: number) => (version === 4 ? 'ipv4' : 'ipv6')
