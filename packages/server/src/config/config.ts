import { fileURLToPath } from 'node:url'
import type { CertificateSettings, RateLimitSettings } from '../platform/http/index.ts'
import { isNetwork } from '../platform/posting/index.ts'
import type { KeySettings } from '../platform/secrets/index.ts'
import { ConfigError, type Environment, path } from './environment.ts'
import { keysOf } from './keys.ts'
import { rateLimitsOf } from './rate-limits.ts'

/** Everything the environment decides, read once at the start. */
export interface Config {
  readonly port: number
  /** The address to listen at; only this machine reaches the preset one. */
  readonly host: string
  /** Where the database (unless outside), its keys and files lie. */
  readonly dataFolder: string
  /** An outside PostgreSQL; null starts the embedded one. */
  readonly databaseUrl: string | null
  readonly databaseConnections: number
  readonly keys: KeySettings
  /** How often a server looks for new keys and says which it reads. */
  readonly keyReportMs: number
  /** Where the built console lies. */
  readonly consoleFolder: string
  readonly adminPassword: string | null
  readonly provinceName: string
  readonly divisionCode: string
  readonly demonstration: boolean
  /** Whether the first start asks administrators and operators for a second factor; later the policy says. */
  readonly secondFactor: boolean
  readonly logLevel: string
  /** Whose word is taken for where a request comes from: proxies by address or network, or whoever is next to us. */
  readonly trustProxy: readonly string[] | 'next' | null
  /** Whose word is taken for a client's certificate; null where nobody's is. */
  readonly clientCertificate: CertificateSettings | null
  readonly rateLimits: RateLimitSettings
  readonly leaseMs: number
  readonly stepLimitMs: number
  readonly callLimitMs: number
  readonly operationsAtOnce: number
  /** The largest file that may be attached to a request, and all of one request together. */
  readonly attachmentMib: number
  readonly attachmentsMib: number
  /** Where mail is handed over, with the sender's address; null sends none. The URL may hold a password. */
  readonly mail: { readonly url: string; readonly from: string } | null
  /** Private networks that webhooks may lead to, `10.0.0.0/8`; none unless named. */
  readonly webhookPrivateNetworks: readonly string[]
  /** `saga/step/moment` at which this process ends itself as if by `kill -9`. For tests of recovery only. */
  readonly crashAt: string | null
}

const builtConsole = fileURLToPath(new URL('../../../console/dist', import.meta.url))

const number = (environment: Environment, name: string, preset: number, minimum: number, maximum: number): number => {
  const text = environment[name]
  if (text === undefined || text === '') return preset
  const value = Number(text)
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new ConfigError(`${name} must be a whole number from ${minimum} to ${maximum}, not “${text}”`)
  return value
}

const mailOf = (environment: Environment): Config['mail'] => {
  const { YIDUO_SMTP_URL: url = '', YIDUO_MAIL_FROM: from = '' } = environment
  if (url === '' && from === '') return null
  // The URL is not repeated: it may hold a password.
  if (!URL.canParse(url) || !/^smtps?:\/\/[^/?#]/.test(url))
    throw new ConfigError(
      'YIDUO_SMTP_URL must be smtp://host:port or smtps://host:port, with name and password if need be',
    )
  if (!/^[^@<>\s]+@[^@<>\s]+$|^[^<>\r\n]*<[^@<>\s]+@[^@<>\s]+>$/.test(from))
    throw new ConfigError(`YIDUO_MAIL_FROM must be a mail address, not “${from}”`)
  return { url, from }
}

const networks = (environment: Environment, name: string): string[] => {
  const all = (environment[name] ?? '').split(',').map((it) => it.trim())
  const given = all.filter((it) => it !== '')
  const wrong = given.find((it) => !isNetwork(it))
  if (wrong !== undefined) throw new ConfigError(`${name} must be networks like 10.0.0.0/8, not “${wrong}”`)
  return given
}

const isSecondFactorAsked = ({ YIDUO_SECOND_FACTOR: given = '' }: Environment): boolean => {
  if (!['', 'required', 'off'].includes(given))
    throw new ConfigError(`YIDUO_SECOND_FACTOR must be required or off, not “${given}”`)
  return given !== 'off'
}

const proxiesOf = (environment: Environment): readonly string[] | null => {
  if (environment.YIDUO_TRUST_PROXY === '0') return null
  const named = networks(environment, 'YIDUO_TRUST_PROXY')
  return named.length > 0 ? named : null
}

/** The header's name is RFC 9440's unless another is given. */
const clientCertificateOf = (environment: Environment): Config['clientCertificate'] => {
  const from = networks(environment, 'YIDUO_CLIENT_CERTIFICATE_FROM')
  const header = (environment.YIDUO_CLIENT_CERTIFICATE_HEADER || 'client-cert').toLowerCase()
  if (!/^[a-z0-9-]{1,100}$/.test(header))
    throw new ConfigError(`YIDUO_CLIENT_CERTIFICATE_HEADER must be the name of a header, not “${header}”`)
  return from.length > 0 ? { header, from } : null
}

/** `arguments_` are those after the command: `--empty` leaves the demonstration out. */
export const readConfig = (environment: Environment, arguments_: readonly string[]): Config => {
  const unknown = arguments_.filter((it) => it !== '--empty')
  if (unknown.length > 0) throw new ConfigError(`unknown argument: ${unknown.join(' ')} (there is only --empty)`)
  const dataFolder = path(environment.YIDUO_DATA || 'var')
  return {
    port: number(environment, 'YIDUO_PORT', 7070, 0, 65_535),
    host: environment.YIDUO_HOST || 'localhost',
    dataFolder,
    databaseUrl: environment.DATABASE_URL || null,
    databaseConnections: number(environment, 'YIDUO_DATABASE_CONNECTIONS', 20, 4, 500),
    keys: keysOf(environment, dataFolder),
    keyReportMs: number(environment, 'YIDUO_KEY_REPORT_MS', 10_000, 100, 600_000),
    consoleFolder: path(environment.YIDUO_CONSOLE || builtConsole),
    adminPassword: environment.YIDUO_ADMIN_PASSWORD || null,
    provinceName: environment.YIDUO_PROVINCE || '江苏省',
    divisionCode: environment.YIDUO_DIVISION_CODE || '320000',
    demonstration: !arguments_.includes('--empty'),
    secondFactor: arguments_.includes('--empty') && isSecondFactorAsked(environment),
    logLevel: environment.YIDUO_LOG_LEVEL || 'info',
    trustProxy: environment.YIDUO_TRUST_PROXY === '1' ? 'next' : proxiesOf(environment),
    clientCertificate: clientCertificateOf(environment),
    rateLimits: rateLimitsOf(environment),
    leaseMs: number(environment, 'YIDUO_LEASE_MS', 10_000, 500, 600_000),
    stepLimitMs: number(environment, 'YIDUO_STEP_LIMIT_MS', 600_000, 1_000, 86_400_000),
    callLimitMs: number(environment, 'YIDUO_CLOUD_CALL_LIMIT_MS', 30_000, 500, 600_000),
    operationsAtOnce: number(environment, 'YIDUO_OPERATIONS_AT_ONCE', 64, 1, 1_000),
    attachmentMib: number(environment, 'YIDUO_ATTACHMENT_MIB', 20, 1, 1_000),
    attachmentsMib: number(environment, 'YIDUO_ATTACHMENTS_MIB', 100, 1, 10_000),
    mail: mailOf(environment),
    webhookPrivateNetworks: networks(environment, 'YIDUO_WEBHOOK_PRIVATE_NETWORKS'),
    crashAt: environment.YIDUO_CRASH_AT || null,
  }
}
