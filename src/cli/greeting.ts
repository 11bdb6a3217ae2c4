import type { RunningMock } from '../index.ts'

type Greeted = Pick<RunningMock, 'issuer' | 'portalUrl' | 'controlToken' | 'personas'>

/** Whoever starts it wants the address more than everybody's name. */
const mostShown = 8

/** What a newcomer needs to know at once: where things are, and whom one can sign in as. */
export async function greeting(
  mock: Greeted,
  { automatic_sign_in: isAutomatic }: { automatic_sign_in: boolean },
): Promise<string> {
  const { issuer, portalUrl, controlToken } = mock
  const people = await mock.personas()
  const shown = people.slice(0, mostShown)
  const width = Math.max(...shown.map(({ id }) => id.length))
  const lines = shown.map(
    ({ id, number, tests }) => `    ${id.padEnd(width)}  ${number}  ${tests?.en ?? ''}`,
  )
  const first = people[0]
  return [
    '',
    '  MÔ PHỎNG – mock of VNeID, not the real thing',
    '',
    `  provider  ${issuer}`,
    `  discovery ${issuer}/.well-known/openid-configuration`,
    `  control   ${issuer}/_mock${controlToken === undefined ? '' : `   with the token ${controlToken}`}`,
    ...(portalUrl === undefined ? [] : [`  portal    ${portalUrl}   ← open this and sign in`]),
    '',
    '  Sign in as (number, what for):',
    ...lines,
    ...(people.length > shown.length
      ? [
          `    … and ${people.length - shown.length} more: "mock-vneid people" lists them, docs/personas.md says what for`,
        ]
      : []),
    '',
    ...(first
      ? [
          `  Password ${first.account.password}, passcode ${first.account.passcode} (unless people.yaml says otherwise); codes are printed here.`,
          // Whoever listens for strangers lets nobody be somebody by saying so.
          isAutomatic && controlToken === undefined
            ? `  Without a page: login_hint=auto:${first.id}`
            : '  Without a page: POST /_mock/sign-ins (login_hint=auto: is switched off)',
          '',
        ]
      : []),
    '  Ctrl-C stops it.',
    '',
  ].join('\n')
}
