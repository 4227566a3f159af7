import { homedir } from 'node:os'
import { resolve } from 'node:path'

/** Everything the environment decides, read once at the start. */
export interface Config {
  readonly port: number
  /** Where the database (unless outside), its keys and files lie. */
  readonly dataFolder: string
  /** An outside PostgreSQL; null starts the embedded one. */
  readonly databaseUrl: string | null
  readonly databaseConnections: number
  readonly keyFile: string
  readonly adminPassword: string | null
  readonly provinceName: string
  readonly divisionCode: string
  readonly demonstration: boolean
  readonly logLevel: string
  readonly trustProxy: boolean
  readonly leaseMs: number
  readonly stepLimitMs: number
  readonly callLimitMs: number
  readonly operationsAtOnce: number
  /** `saga/step/moment` at which this process ends itself as if by `kill -9`. For tests of recovery only. */
  readonly crashAt: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

export class ConfigError extends Error {}

const number = (environment: Environment, name: string, preset: number, minimum: number, maximum: number): number => {
  const text = environment[name]
  if (text === undefined || text === '') return preset
  const value = Number(text)
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new ConfigError(`${name} must be a whole number from ${minimum} to ${maximum}, not “${text}”`)
  return value
}

const path = (text: string): string => resolve(text.replace(/^~(?=\/|$)/, homedir()))

/** `arguments_` are those after the command: `--empty` leaves the demonstration out. */
export const readConfig = (environment: Environment, arguments_: readonly string[]): Config => {
  const unknown = arguments_.filter((it) => it !== '--empty')
  if (unknown.length > 0) throw new ConfigError(`unknown argument: ${unknown.join(' ')} (there is only --empty)`)
  const dataFolder = path(environment.YIDUO_DATA || 'var')
  return {
    port: number(environment, 'YIDUO_PORT', 7070, 0, 65_535),
    dataFolder,
    databaseUrl: environment.DATABASE_URL || null,
    databaseConnections: number(environment, 'YIDUO_DATABASE_CONNECTIONS', 20, 4, 500),
    keyFile: path(environment.YIDUO_KEY_FILE || `${dataFolder}/keys.json`),
    adminPassword: environment.YIDUO_ADMIN_PASSWORD || null,
    provinceName: environment.YIDUO_PROVINCE || '江苏省',
    divisionCode: environment.YIDUO_DIVISION_CODE || '320000',
    demonstration: !arguments_.includes('--empty'),
    logLevel: environment.YIDUO_LOG_LEVEL || 'info',
    trustProxy: environment.YIDUO_TRUST_PROXY === '1',
    leaseMs: number(environment, 'YIDUO_LEASE_MS', 10_000, 500, 600_000),
    stepLimitMs: number(environment, 'YIDUO_STEP_LIMIT_MS', 600_000, 1_000, 86_400_000),
    callLimitMs: number(environment, 'YIDUO_CLOUD_CALL_LIMIT_MS', 30_000, 500, 600_000),
    operationsAtOnce: number(environment, 'YIDUO_OPERATIONS_AT_ONCE', 64, 1, 1_000),
    crashAt: environment.YIDUO_CRASH_AT || null,
  }
}

export const environment: Environment = process.env
