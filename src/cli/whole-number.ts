import { InvalidArgumentError } from 'commander'

/** A number of things, as it is typed. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}
