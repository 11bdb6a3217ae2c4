import { hidePassword, type Secrets } from '../kernel/index.ts'

/** The settings that hold a secret, and what of it may be repeated where one is complained of. */
export const secretSettings: Secrets = {
  control_token: () => undefined,
  store: (value) => (typeof value === 'string' ? hidePassword(value) : undefined),
}

/** A setting as it may be shown. Any address may have a password in it. */
export function withoutSecrets(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(name, item))
  if (typeof value !== 'string') return value
  if (Object.hasOwn(secretSettings, name)) return secretSettings[name]!(value) ?? '…'
  return /^[a-z\d.+-]+:\/\//i.test(value) ? hidePassword(value) : value
}
