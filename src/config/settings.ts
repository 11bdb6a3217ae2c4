import { z } from 'zod'
import { interactionsSettings, type InteractionsSettings } from '../interactions/index.ts'
import { strictObject } from '../kernel/index.ts'
import { providerSettings, type ProviderSettings } from '../provider/index.ts'
import { signInSettings, type SignInSettings } from '../signin/index.ts'

/** Everything that `settings.yaml`, the environment and flags can say. */
export interface Settings {
  port: number
  portal_port: number
  portal: boolean
  issuer?: string | undefined
  allow_gov_host: boolean
  data_folder: string
  real_number_prefixes: boolean
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
] as const

export type PlainSetting = (typeof plainSettings)[number]

/** The name of a setting in the environment: `MOCK_VNEID_PORTAL_PORT`. */
export const variableOf = (name: PlainSetting): string => `MOCK_VNEID_${name.toUpperCase()}`

/** The name of a setting among the flags: `--portal-port`. */
export const flagOf = (name: PlainSetting): string => `--${name.replaceAll('_', '-')}`
