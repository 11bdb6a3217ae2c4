import type { MockWorld } from '../../../../src/index.ts'

/** What a relying party hears of a sign-in that was refused: its error, and the first word of why. */
export function refusalIn(error: unknown): { error: string; reason: string } {
  const { error: heard, errorDescription } = error as Record<string, unknown>
  if (typeof heard !== 'string' || typeof errorDescription !== 'string') throw error
  return { error: heard, reason: errorDescription.split(' ')[0] ?? '' }
}

const organizations: Readonly<Record<string, string>> = {
  '0000000019': 'example-company',
  '0000000027': 'example-trading',
  '0000000035': 'example-cooperative',
  '0000000043': 'dissolved-company',
  '0000000051': 'locked-company',
}

/** Whom a sign-in is about, and who acts for them, by the ids that tests know them by. */
export async function subjectsOf(
  world: MockWorld,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<{ subject: string; actor: string | undefined }> {
  const people = await world.people.list({ limit: 1000 })
  const idOf = (sub: unknown) => people.find((person) => person.sub === sub)?.id
  const act = claims['act'] as { sub: string } | undefined
  const organization = (claims['organization'] ?? {}) as { tax_code?: string }
  return {
    subject: idOf(claims['sub']) ?? organizations[organization.tax_code ?? ''] ?? 'nobody',
    actor: idOf(act?.sub),
  }
}
