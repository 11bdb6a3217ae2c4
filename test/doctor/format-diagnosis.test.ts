import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { formatDiagnosis, type Diagnosis } from '../../src/doctor/index.ts'

const diagnosis: Diagnosis = {
  issuer: 'http://localhost:3006/',
  from: 'here',
  verdict: 'wrong',
  findings: [
    { id: 'discovery', verdict: 'ok', what: 'Mock VNeID answers.', why: '', fix: '' },
    {
      id: 'issuer',
      verdict: 'wrong',
      what: 'asked for http://localhost:3006/, but the discovery document says issuer "http://localhost:3006".',
      why: 'Relying parties compare the two letter by letter.',
      fix: 'Write http://localhost:3006.',
    },
    { id: 'client', verdict: 'unknown', what: 'not given.', why: 'So.', fix: 'Give it.' },
  ],
}

describe('a diagnosis for people', () => {
  test('says what, why and what to do, and where to begin', () => {
    expect(formatDiagnosis(diagnosis)).toBe(`
http://localhost:3006/, looked at from here

  ok          discovery: Mock VNeID answers.
  WRONG       issuer: asked for http://localhost:3006/, but the discovery document says issuer
              "http://localhost:3006".
              Relying parties compare the two letter by letter.
              → Write http://localhost:3006.

  not tried   client: not given.
              So.
              → Give it.

1 wrong, 0 warnings, 1 not tried, 1 ok. Mend the first that is WRONG and run this again: what follows often comes from it.
`)
  })

  test('is the same in colour, but for the colour', () => {
    const coloured = formatDiagnosis(diagnosis, { colour: true })

    expect(coloured).toContain('\u001B[31m  WRONG')
    expect(stripVTControlCharacters(coloured)).toBe(formatDiagnosis(diagnosis))
  })

  test('ends calmly when all is well', () => {
    const findings = diagnosis.findings.slice(0, 1)

    expect(formatDiagnosis({ ...diagnosis, verdict: 'ok', findings })).toMatch(
      /\n0 wrong, 0 warnings, 0 not tried, 1 ok\.\n$/,
    )
  })
})
