import { describe, expect, test } from 'vitest'
import { operations } from '../../src/control/operations.ts'
import { readInput } from '../../src/control/read-input.ts'

const read = (answer: unknown) =>
  readInput(operations['signIns.answer'], { signIn: 's-1', answer }).answer

describe('an answer to a step', () => {
  const steps =
    'one of select-account, identify, second-factor, role, face, consent, passcode, cancel'

  test.each([
    ['nothing', {}, `step is missing: ${steps}.`],
    [
      'another step',
      { step: 'identfy' },
      `step must be ${steps}, got "identfy". Did you mean "identify"?`,
    ],
    ['too little', { step: 'identify', number: '003090000001' }, 'password is missing.'],
    ['too much', { step: 'face', photo: '…' }, '"photo" is not an option.'],
    ['a slip', { step: 'second-factor', cod: '1' }, 'Did you mean "code"?'],
    ['two things', { as: 'an', step: 'face' }, '"step" is not an option.'],
    ['nobody', { as: '' }, 'as must not be empty'],
    ['no object', 'an', 'must be {"as": "<person>"}, or the answer of a step'],
    ['a list', [], 'must be {"as": "<person>"}, or the answer of a step'],
  ])('that says %s is told what that lacks, and nothing else', (_, answer, message) => {
    expect(() => read(answer)).toThrow(
      expect.objectContaining({
        code: 'ERR_REQUEST_INVALID',
        message: expect.stringContaining(message) as string,
      }),
    )
    expect(() => read(answer)).not.toThrow('isSame')
  })

  test.each([
    { as: 'an' },
    { step: 'second-factor', resend: 'sms' },
    { step: 'consent', refuses: true },
    { step: 'consent', agrees: true, withholds: ['email'] },
  ])('is taken as it is: %j', (answer) => {
    expect(read(answer)).toEqual(answer)
  })
})
