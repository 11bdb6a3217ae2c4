import * as z from 'zod'
import { populationSettings, type PopulationSettings } from '../accounts/index.ts'
import { isAddressOrRange } from '../http/index.ts'
import { interactionsSettings, type InteractionsSettings } from '../interactions/index.ts'
import { strictObject } from '../kernel/index.ts'
import { providerSettings, type ProviderSettings } from '../provider/index.ts'
import { signInSettings, type SignInSettings } from '../signin/index.ts'
import { isCertifiable } from './address-problems.ts'

/** Everything that `settings.yaml`, the environment and flags can say. */
export interface Settings {
  port: number
  portal_port: number
  portal: boolean
  issuer?: string | undefined
  allow_gov_host: boolean
  data_folder: string
  real_number_prefixes: boolean
  people: readonly string[]
  population: PopulationSettings
  population_seed: string
  host: string
  control: 'closed' | 'open'
  store: string
  store_prefix: string
  issuer_mode: 'fixed' | 'split' | 'follow'
  internal_url?: string | undefined
  follow_origins: readonly string[]
  trusted_proxies: readonly string[]
  tls: 'off' | 'self-signed' | 'files'
  tls_cert?: string | undefined
  tls_key?: string | undefined
  tls_names: readonly string[]
  portal_url?: string | undefined
  portal_internal_url?: string | undefined
  discovery_url?: string | undefined
  max_records: number
  max_worlds: number
  journal_entries: number
  control_token?: string | undefined
  outbound: readonly string[]
  log_format: 'pretty' | 'json'
  log_level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  sign_in: SignInSettings
  provider: ProviderSettings
  pages: InteractionsSettings
}

const isPort = 'must be an integer from 0 to 65535'

/** An integer as YAML says it, or as an environment variable must. */
const port = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.int(isPort).min(0, isPort).max(65_535, isPort),
)

const isCount = 'must be an integer of at least 1000'
const isSmallCount = 'must be an integer of at least 1'

/** A bound as YAML says it, or as an environment variable must. */
const bound = (least: number, says: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int(says).min(least, says),
  )

const yes = ['true', '1', 'yes', 'on']
const no = ['false', '0', 'no', 'off']

/** True and false as YAML says them, or as an environment variable must. */
const flag = z.preprocess(
  (value) => {
    const word = String(value).toLowerCase()
    return yes.includes(word) ? true : no.includes(word) ? false : value
  },
  z.boolean({ error: 'must be true or false' }),
)

/** Each origin of mode `follow` has a provider of its own. */
const mostOrigins = 20

/** A list as YAML says it, or as an environment variable must: with commas. */
const list = (item: z.ZodType<string>, most = 100) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
        : value,
    z.array(item).max(most),
  )

const text = z.string().min(1)

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })
  .transform((url) => url.replace(/\/$/, ''))

const storeAddress = /^(memory|rediss?:\/\/[^\s]+|rediss?\+(sentinel|cluster):\/\/[^\s]+)$/

export const settingsSchema: z.ZodType<Settings> = strictObject({
  port: port.default(3006).describe('The port of the provider; 0 for any free one.'),
  portal_port: port.default(3007).describe('The port of the demo portal; 0 for any free one.'),
  portal: flag.default(true).describe('Whether the demo portal is served.'),
  issuer: z
    .url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })
    .optional()
    .describe('The issuer. Without it, http://localhost:<port>.'),
  allow_gov_host: flag
    .default(false)
    .describe('Whether an issuer under gov.vn is allowed. The real services’ domains never are.'),
  data_folder: z
    .string()
    .min(1)
    .default('.mock-vneid')
    .describe('Where keys are kept between starts, relative to the working folder.'),
  real_number_prefixes: flag
    .default(false)
    .describe('Whether people may have numbers that begin like those of real people.'),
  people: list(text)
    .default([])
    .describe('Files of people beside people.yaml: YAML, JSON or CSV. See docs/people.md.'),
  population: populationSettings
    .prefault({} as never)
    .describe(
      'How many people there are beside those of files: computed, so that they cost nothing.',
    ),
  population_seed: text
    .default('mock-vneid')
    .describe('Another seed, other people in the population.'),
  host: text
    .default('loopback')
    .describe('Where to listen: loopback (127.0.0.1 and ::1), or an address such as 0.0.0.0.'),
  control: z
    .enum(['closed', 'open'])
    .default('closed')
    .describe(
      'Whether strangers may sign in without a page, drive the control API without a token and use the published client secrets, when the listener is not loopback.',
    ),
  store: z
    .string()
    .regex(storeAddress, 'must be memory, redis://host:port or one of its relatives')
    .default('memory')
    .describe('Where everything is kept: memory, or redis://host:port for several replicas.'),
  store_prefix: text
    .default('mock-vneid')
    .describe('Begins every key in Redis, for mocks that share one.'),
  issuer_mode: z
    .enum(['fixed', 'split', 'follow'])
    .default('fixed')
    .describe('How the issuer is called by others: see docs/issuer-modes.md.'),
  internal_url: origin
    .optional()
    .describe('split: the origin at which portals reach us from inside, http://provider:3006.'),
  follow_origins: list(origin, mostOrigins)
    .default([])
    .describe('follow: the origins that are issuers beside the first.'),
  trusted_proxies: list(
    text.refine(isAddressOrRange, 'must be an address or a range such as 10.0.0.0/8'),
  )
    .default([])
    .describe('Addresses or CIDRs of proxies whose X-Forwarded headers are believed.'),
  tls: z
    .enum(['off', 'self-signed', 'files'])
    .default('off')
    .describe('Whether https is served, and with whose certificate.'),
  tls_cert: text.optional().describe('files: the certificate chain, PEM.'),
  tls_key: text.optional().describe('files: its private key, PEM.'),
  tls_names: list(text.refine(isCertifiable, 'must be a DNS name or an address'))
    .default([])
    .describe('self-signed: names and addresses beside localhost, 127.0.0.1 and ::1.'),
  portal_url: origin
    .optional()
    .describe('The demo portal’s origin as browsers see it, where that is not its port here.'),
  portal_internal_url: origin
    .optional()
    .describe('The demo portal’s origin as the provider reaches it, for logout tokens.'),
  discovery_url: origin
    .optional()
    .describe('mock-vneid portal: where to ask for discovery, when that is not the issuer.'),
  max_records: bound(1000, isCount)
    .default(1_000_000)
    .describe('How many records the store "memory" may hold; beyond, new ones are refused.'),
  max_worlds: bound(1, isSmallCount)
    .default(10_000)
    .describe('How many worlds there may be at once, each for a test of its own.'),
  journal_entries: bound(1, isSmallCount)
    .default(1000)
    .describe('How many entries the journal of a world keeps; the oldest go first.'),
  control_token: text
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'The bearer token of the control API, where others than this machine can call. Made up without.',
    ),
  outbound: list(origin)
    .default([])
    .describe(
      'Origins that may be called for relying parties registered by tests, beside this machine.',
    ),
  log_format: z
    .enum(['pretty', 'json'])
    .default('pretty')
    .describe('Lines for people, or for programs.'),
  log_level: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('From which importance on things are logged.'),
  sign_in: signInSettings.prefault({} as never),
  provider: providerSettings.prefault({} as never),
  pages: interactionsSettings.prefault({} as never),
})

/** The top-level settings that the environment may give, as `MOCK_VNEID_<NAME>`. */
export const plainSettings = [
  'port',
  'portal_port',
  'portal',
  'issuer',
  'allow_gov_host',
  'data_folder',
  'real_number_prefixes',
  'people',
  'population',
  'population_seed',
  'host',
  'control',
  'store',
  'store_prefix',
  'issuer_mode',
  'internal_url',
  'follow_origins',
  'trusted_proxies',
  'tls',
  'tls_cert',
  'tls_key',
  'tls_names',
  'portal_url',
  'portal_internal_url',
  'discovery_url',
  'max_records',
  'max_worlds',
  'journal_entries',
  'control_token',
  'outbound',
  'log_format',
  'log_level',
] as const

export type PlainSetting = (typeof plainSettings)[number]

const { shape } = settingsSchema as unknown as z.ZodObject

/** What a setting is for, in one line. */
export const purposeOf = (name: PlainSetting): string => shape[name]?.description ?? ''

/** Settings that are on or off: a flag without a value. */
export const switches: readonly PlainSetting[] = ['allow_gov_host', 'real_number_prefixes']

/** The name of a setting in the environment: `MOCK_VNEID_PORTAL_PORT`. */
export const variableOf = (name: PlainSetting): string => `MOCK_VNEID_${name.toUpperCase()}`

/** The name of a setting among the options of a start in a program: `portalPort`. */
export const optionOf = (name: PlainSetting): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The name of a setting among the flags: `--portal-port`. */
export const flagOf = (name: PlainSetting): string => `--${name.replaceAll('_', '-')}`
