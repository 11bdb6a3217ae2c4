import type { Answer, SignIn } from '../signin/index.ts'

/** The fields of a submitted form. Anything else a browser may send is not one of them. */
export type FormFields = Readonly<Record<string, unknown>>

/** What the submitted form answers at the step that the sign-in is at. */
export function answerOf({ step }: SignIn, fields: FormFields): Answer {
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.slice(0, 200) : ''
  }
  /** All values of a field that a form has several times. */
  const texts = (name: string): string[] => {
    const value = fields[name]
    const all = typeof value === 'object' && value !== null ? Object.values(value) : [value]
    return all.flatMap((one) => (typeof one === 'string' ? [one.slice(0, 200)] : []))
  }
  const pressed = text('do')
  if (pressed === 'cancel') return { step: 'cancel' }
  switch (step) {
    case 'select-account':
      return { step, isSame: pressed !== 'other-person' }
    case 'identify':
      return { step, number: text('number'), password: text('password') }
    case 'second-factor':
      if (pressed === 'resend-app') return { step, resend: 'app' }
      if (pressed === 'resend-sms') return { step, resend: 'sms' }
      return { step, code: text('code') }
    case 'role':
      return { step, subjectId: text('role') }
    case 'face':
      return { step }
    case 'consent':
      return pressed === 'refuse'
        ? { step, refuses: true }
        : {
            step,
            agrees: text('agree') === 'yes',
            withholds: unticked(texts('offered'), texts('shared')),
          }
    case 'passcode':
      return { step, passcode: text('passcode') }
    case 'approved':
    case 'refused':
      return { step: 'cancel' }
  }
}

/** A browser does not send boxes that are not ticked: the form says which it had. */
const unticked = (offered: readonly string[], ticked: readonly string[]): string[] =>
  offered.filter((name) => !ticked.includes(name))
