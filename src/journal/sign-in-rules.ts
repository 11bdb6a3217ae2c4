import type { Why } from './why.ts'

const decree = 'Decree 69/2024/NĐ-CP'
const assumed = (setting: string) => `assumed; sign_in.${setting} in settings.yaml`

/** Why a sign-in is refused, by the first word of what the relying party hears. */
export const refusalRules: Readonly<Record<string, Why>> = {
  cancelled: { rule: 'the person may cancel at any step', source: 'RFC 6749 §4.1.2.1' },
  consent_refused: {
    rule: 'nothing is shared unless the person agrees',
    source: 'OpenID Connect Core §3.1.2.4',
  },
  expired: {
    rule: 'a sign-in must be over within its time',
    source: assumed('sign_in_seconds'),
  },
  locked_out: {
    rule: 'too many wrong passwords, codes or passcodes lock the person out for a while',
    source: assumed('tries and sign_in.lock_seconds'),
  },
  account_not_activated: {
    rule: 'an account that was issued must be activated before it can be used',
  },
  account_locked: { rule: 'a locked account cannot be used', source: `${decree} Art. 15` },
  account_cancelled: { rule: 'an account that was closed cannot be used' },
  card_expired: {
    rule: 'the account locks when the card expires',
    source: `${decree} Art. 15`,
  },
  deceased: { rule: 'the account locks when its holder dies', source: `${decree} Art. 15` },
  guardian_unable: {
    rule: 'a child signs in by a parent or guardian with an account of level 2 that can be used',
    source: `${decree} Art. 10(1)d`,
  },
  role_not_allowed: {
    rule: 'the person must be able to act in a role that the relying party allows, and in the one they ask for; for an organisation, as its representative or somebody authorised',
    source: `${decree} Art. 12`,
  },
  level_too_low: {
    rule: 'the account that authenticates must have the level that the relying party demands',
    source: `${decree} Art. 7`,
  },
}

const oneFactor = {
  rule: 'what was typed is not what is known of the person, and counts as a wrong try',
  source: assumed('tries'),
}
const notTyped = { rule: 'an answer must be typed, in its form; it does not count as a try' }

/** Why a sign-in stands where it stands: each step, each problem with an answer, each refusal. */
export const signInRules: Readonly<Record<string, Why>> = {
  ...refusalRules,
  'select-account': {
    rule: 'the person whom the browser knows must say that it is still they',
    source: 'OpenID Connect Core §3.1.2.1',
  },
  identify: {
    rule: 'nobody is known, or the request wants them to authenticate again',
    source: 'OpenID Connect Core §3.1.2.3',
  },
  'second-factor': {
    rule: 'a password is one factor; a code on the phone proves another',
    source: `${decree} Art. 20(1)`,
  },
  role: {
    rule: 'the person has more than one role that the relying party allows, and must choose',
    source: `${decree} Art. 12`,
  },
  face: {
    rule: 'the authentication level that was asked for needs a biometric factor',
    source: `${decree} Art. 20(1)`,
  },
  consent: {
    rule: 'the person must agree to what is shared with this relying party',
    source: 'OpenID Connect Core §3.1.2.4',
  },
  passcode: {
    rule: 'in the full journey the passcode seals what was done',
    source: assumed('journey'),
  },
  approved: {
    rule: 'every step of the journey was passed',
    source: 'OpenID Connect Core §3.1.2.5',
  },
  form_used: { rule: 'each form is good once: the answer changed nothing' },
  number_missing: notTyped,
  number_malformed: { rule: 'a personal number has twelve digits; it does not count as a try' },
  password_missing: notTyped,
  number_or_password_wrong: oneFactor,
  code_missing: notTyped,
  code_wrong: oneFactor,
  code_expired: {
    rule: 'a code is good for a short time, and for the sign-in that it was sent for',
    source: 'settings.yaml, sign_in.code_seconds',
  },
  role_missing: { rule: 'the role must be one of those that are offered' },
  agree_missing: { rule: 'who agrees must tick the box', source: 'OpenID Connect Core §3.1.2.4' },
  claim_not_optional: {
    rule: 'only what the relying party can do without may be kept back; what is essential is shared or nothing is',
    source: assumed('optional_claims'),
  },
  passcode_missing: notTyped,
  passcode_wrong: oneFactor,
}
