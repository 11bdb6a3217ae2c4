/**
 * A text as `error_description` may carry it: no double quote, no backslash and nothing beyond
 * ASCII. RFC 6749 §4.1.2.1.
 */
export const inErrorDescription = (text: string): string =>
  text.replaceAll('"', "'").replaceAll(/[^\u0020-\u005B\u005D-\u007E]/g, '?')
