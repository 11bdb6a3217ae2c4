/** A list of names that are one word each. */
export const words = (text: string): readonly string[] => text.normalize('NFC').trim().split(/\s+/)

/** A list of names that have spaces, with commas between them. */
export const phrases = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .split(',')
    .map((phrase) => phrase.trim().replaceAll(/\s+/g, ' '))
    .filter((phrase) => phrase !== '')
