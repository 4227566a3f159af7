import { fault } from '@yiduo/contract'
import type { Driver, DriverFactory } from '@yiduo/driver-api'
import type { TSchema } from 'typebox'
import Value from 'typebox/value'
import type { Clock } from '../../kernel/clock.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { SealedColumn, Secrets } from '../../platform/secrets/index.ts'
import type { PlatformRow } from './store.ts'

export type DriverRegistry = Readonly<Record<string, DriverFactory>>

export interface DriverSourceDeps {
  readonly registry: DriverRegistry
  readonly secrets: Pick<Secrets, 'seal' | 'open'>
  readonly clock: Clock
  readonly markPrefix: string
  readonly callLimitMs: number
}

export const credentialContext = (platformId: string): string => `platform ${platformId} credential`

export const sealedCredentials: SealedColumn = {
  table: 'platforms',
  column: 'credential',
  id: 'id',
  contextOf: credentialContext,
}

const check = (schema: TSchema, value: unknown, part: string): Refusal | null => {
  if (Value.Check(schema, value)) return null
  const error = Value.Errors(schema, value)[0]
  const field = `${part}${error?.instancePath.replaceAll('/', '.') ?? ''}`
  return refuse('driver-settings-invalid', { field, problem: error?.message ?? 'not as expected' })
}

/** What a driver asks of a platform, checked before anything is stored. */
export const checkSettings = (
  registry: DriverRegistry,
  driver: string,
  settings: unknown,
  credential: unknown,
): Refusal | null => {
  const factory = registry[driver]
  if (!factory) return refuse('driver-unknown', { driver, known: Object.keys(registry).join(', ') })
  return check(factory.settings, settings, 'settings') ?? check(factory.credential, credential, 'credential')
}

/** Drivers by platform. One lives as long as what it was made from does not change: its tokens are kept. */
export interface DriverSource extends AsyncDisposable {
  of(platform: PlatformRow): Driver
}

export const createDriverSource = ({
  registry,
  secrets,
  clock,
  markPrefix,
  callLimitMs,
}: DriverSourceDeps): DriverSource => {
  const made = new Map<string, { revision: number; key: string; driver: Driver; underWay: Map<string, number> }>()
  return {
    of(platform) {
      const key = JSON.stringify([platform.driver, platform.endpoint, platform.settings, platform.credential])
      const known = made.get(platform.id)
      // A row read before an edit says nothing new, least of all which credential is right.
      if (known && platform.revision < known.revision) return known.driver
      if (known?.key === key) {
        known.revision = platform.revision
        return known.driver
      }
      const factory = registry[platform.driver]
      if (!factory) throw new Error(fault('driver-unknown').code)
      const underWay = known?.underWay ?? new Map<string, number>()
      const driver = factory.create({
        endpoint: platform.endpoint,
        settings: platform.settings,
        credential: JSON.parse(secrets.open(platform.credential, credentialContext(platform.id))) as Record<
          string,
          unknown
        >, // sealed by us
        markPrefix,
        now: () => clock.now(),
        callLimitMs,
        underWay,
      })
      made.set(platform.id, { revision: platform.revision, key, driver, underWay })
      // Work under way may still use the one it replaces; nothing new will, so it ends when those calls do.
      if (known) void known.driver[Symbol.asyncDispose]()
      return driver
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...made.values()].map(({ driver }) => driver[Symbol.asyncDispose]()))
    },
  }
}
