import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { Person } from '../accounts/index.ts'
import { amrOf, factorsOf, type AskedAcr, type Reached } from '../signin/index.ts'
import { askedAcr, type RequestParams } from './demand.ts'
import {
  hasSignedInWithoutPages,
  signInWithoutPages,
  type HeadlessOptions,
} from './without-pages/headless.ts'
import { switchPerson } from './logout/session-end.ts'

const { base, Check, Prompt } = interactionPolicy

const unmet = 'unmet_authentication_requirements'

/** The order in which the library asks whether a page is needed, and what we add to it. */
export function createPolicy(options: HeadlessOptions): interactionPolicy.DefaultPolicy {
  const policy = base()
  const login = policy.get('login')!

  policy.add(
    new Prompt(
      { name: 'automatic' },
      new Check('automatic', 'no page is ever asked for by this check', async (ctx) => {
        await endUnusable(ctx, options)
        await signInWithoutPages(ctx, options)
        if (!hasSignedInWithoutPages(ctx)) await nameLevel(ctx, options)
        return Check.NO_NEED_TO_PROMPT
      }),
    ),
    0,
  )
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 1)

  for (const reason of ['essential_acr', 'essential_acrs'])
    Object.assign(login.checks.get(reason)!, { error: unmet })
  login.checks.add(
    new Check(
      'authentication_level',
      'a higher authentication level was asked for',
      unmet,
      async (ctx) => {
        if (ctx.oidc.result?.login) return Check.NO_NEED_TO_PROMPT
        const standing = await standingOf(ctx, options)
        if (standing === undefined) return Check.NO_NEED_TO_PROMPT
        return options.signIns.gap(standing.asked, standing.reached) === 'face'
      },
    ),
  )
  login.checks.add(
    new Check(
      'minimum_level',
      'the relying party demands a higher account level',
      unmet,
      async (ctx) => {
        if (hasSignedInWithoutPages(ctx)) return Check.NO_NEED_TO_PROMPT
        const standing = await standingOf(ctx, options)
        const client = await options.clients.find(ctx.oidc.client!.clientId)
        return (
          standing !== undefined && standing.reached.accountLevel < (client?.minimum_level ?? 1)
        )
      },
    ),
  )
  policy
    .get('consent')!
    .checks.add(
      new Check(
        'consent_lapsed',
        'consent has expired, or does not cover what is told now',
        'consent_required',
        async (ctx) => !hasSignedInWithoutPages(ctx) && options.consented.mustAsk(ctx),
      ),
    )
  return policy
}

interface Standing {
  person: Person
  asked: AskedAcr
  reached: Reached
}

/** What the person of the session has reached, and what this request asks. */
async function standingOf(
  { oidc }: KoaContextWithOIDC,
  { people }: HeadlessOptions,
): Promise<Standing | undefined> {
  const { accountId, amr } = oidc.session!
  const person = accountId === undefined ? undefined : await people.find(accountId)
  if (person === undefined) return undefined
  const factors = factorsOf(amr ?? [])
  return {
    person,
    asked: askedAcr(oidc.params as RequestParams),
    reached: { accountLevel: person.account.level, factors },
  }
}

/** Lets the session say the level in the words of this request, from what it has reached. */
async function nameLevel(ctx: KoaContextWithOIDC, options: HeadlessOptions): Promise<void> {
  const standing = await standingOf(ctx, options)
  if (standing === undefined) return
  const session = ctx.oidc.session!
  const acr = options.signIns.acrFor(standing.asked, standing.reached)
  if (session.acr !== acr) session.acr = acr
  const amr = amrOf(standing.reached.factors)
  if (session.amr?.join() !== amr.join()) session.amr = amr
}

/** Somebody whose account cannot be used any more is not signed in any more either. */
async function endUnusable(
  { oidc }: KoaContextWithOIDC,
  { random }: HeadlessOptions,
): Promise<void> {
  const session = oidc.session!
  if (session.accountId === undefined || oidc.account) return
  await switchPerson(oidc.provider, session, random.id())
}
