import * as z from 'zod'
import { problemsAt, readPartly, strictObject, type Problem } from '../kernel/index.ts'

/** One public service that a person can file for. */
export interface Service {
  /** Its name in addresses: `land-change`. */
  id: string
  name: { vi: string; en: string }
  /** The account level that filing needs. */
  level: 1 | 2
  /** How strongly the person must have signed in, where the service minds. Decree 69/2024 Art. 20. */
  authenticationLevel?: 1 | 2 | 3 | 4
}

/** What the check of `config/services.yaml` came to: the services, or everything wrong with them. */
export type CheckedServices = { services: readonly Service[] } | { problems: readonly Problem[] }

const text = z.string().trim().min(1, 'must not be empty')

const service = strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  name: strictObject({ vi: text, en: text }),
  level: z.literal([1, 2]),
  authentication_level: z.literal([1, 2, 3, 4]).optional(),
}).transform(({ authentication_level, ...rest }): Service => ({
  ...rest,
  ...(authentication_level !== undefined && { authenticationLevel: authentication_level }),
}))

/** A file around services that are read one by one. */
const file = strictObject({
  services: z.array(z.unknown()).min(1, 'must list at least one service'),
})

/** Checks what `config/services.yaml` says, and reports every problem of it at once. */
export function checkServices(input: unknown): CheckedServices {
  const { value, problems: ofFile } = readPartly(file, input)
  const entries = value?.services ?? []
  const read = entries.map((raw) => readPartly(service, raw))
  const problems = [
    ...ofFile,
    ...read.flatMap(({ problems: found }, index) => problemsAt(['services', index], found)),
    ...repeatedIds(entries),
  ]
  return problems.length > 0 ? { problems } : { services: read.map((one) => one.value!) }
}

/** Also of services that cannot be read otherwise. */
function repeatedIds(entries: readonly unknown[]): Problem[] {
  const ids = entries.map((raw) => (raw as { id?: unknown } | null)?.id)
  return ids.flatMap((id, index): Problem[] =>
    typeof id !== 'string' || ids.indexOf(id) === index
      ? []
      : [
          {
            path: ['services', index, 'id'],
            message: `must be the only one of its name, got "${id}" again`,
          },
        ],
  )
}
