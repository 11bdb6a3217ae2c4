/** A factor a person has proved. Which kind each is, and its RFC 8176 name, stands in one table. */
export type Factor = 'password' | 'app-code' | 'sms-code' | 'face' | 'passcode'

type Kind = 'knowledge' | 'possession' | 'biometric'

const factors: Record<Factor, { kind: Kind; amr: readonly string[] }> = {
  password: { kind: 'knowledge', amr: ['pwd'] },
  'app-code': { kind: 'possession', amr: ['otp'] },
  'sms-code': { kind: 'possession', amr: ['otp', 'sms'] },
  face: { kind: 'biometric', amr: ['face'] },
  passcode: { kind: 'knowledge', amr: ['pin'] },
}

/** Whether the person has proved to hold something: the phone that a code arrived on. */
export function hasPossession(proved: readonly Factor[]): boolean {
  return proved.some((factor) => factors[factor].kind === 'possession')
}

/** The authentication methods as they stand in an ID token. RFC 8176 §2. */
export function amrOf(proved: readonly Factor[]): string[] {
  const names = new Set(proved.flatMap((factor) => factors[factor].amr))
  const kinds = new Set(proved.map((factor) => factors[factor].kind))
  return kinds.size > 1 ? [...names, 'mfa'] : [...names]
}

/** The factors behind the authentication methods of a session: {@link amrOf} read backwards. */
export function factorsOf(amr: readonly string[]): Factor[] {
  const proved: Factor[] = []
  if (amr.includes('pwd')) proved.push('password')
  if (amr.includes('sms')) proved.push('sms-code')
  else if (amr.includes('otp')) proved.push('app-code')
  if (amr.includes('face')) proved.push('face')
  if (amr.includes('pin')) proved.push('passcode')
  return proved
}

/** An authentication level by the law, 1 to 4. Not to be confused with the level of an account. */
export type AuthenticationLevel = 1 | 2 | 3 | 4

/** The authentication level that these factors reach. Decree 69/2024/NĐ-CP Art. 20(1). */
export function authenticationLevel(proved: readonly Factor[]): AuthenticationLevel {
  const kinds = new Set(proved.map((factor) => factors[factor].kind))
  if (kinds.size === 3) return 4
  if (kinds.has('biometric') && proved.length > 1) return 3
  return kinds.size > 1 ? 2 : 1
}
