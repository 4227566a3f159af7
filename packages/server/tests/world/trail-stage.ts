import { Client } from 'pg'
import { programAct } from '../../src/kernel/act.ts'
import { createShiftableClock } from '../../src/kernel/clock.ts'
import { createIdentifierSource } from '../../src/kernel/identifier.ts'
import { createTrail, type Trail } from '../../src/modules/audit/index.ts'
import { createRecord, type Record } from '../../src/platform/acts/record.ts'
import { createMac, createSecrets, type KeyRing } from '../../src/platform/secrets/index.ts'
import { type BareDatabase, createBareDatabase } from './bare-database.ts'
import { rowsOf } from './statements.ts'

export const trailRing: KeyRing = { current: 'k1', keys: { k1: Buffer.alloc(32, 7) } }

/** An audit trail on a database of its own, with nobody in it but whoever writes to it and whoever forges it. */
export interface TrailStage extends AsyncDisposable {
  readonly bare: BareDatabase
  readonly clock: ReturnType<typeof createShiftableClock>
  readonly trail: Trail
  readonly record: Record
  /** Writes entries, each in an act of its own, and answers their ids. */
  write(count: number, target?: string): Promise<string[]>
  /** Statements of somebody who may do anything to the database: no trigger stops them. */
  forge(...statements: string[]): Promise<void>
}

export const createTrailStage = async (ring: KeyRing = trailRing): Promise<TrailStage> => {
  const bare = await createBareDatabase()
  const clock = createShiftableClock()
  const newId = createIdentifierSource(clock)
  const mac = createMac(ring, 'audit')
  const { database } = bare
  const record = createRecord({ clock, newId, mac })
  return {
    bare,
    clock,
    record,
    trail: createTrail({ database, clock, mac, secrets: createSecrets(ring), installation: 'yd-test00-' }),
    async write(count, target = 'thing') {
      for (let written = 0; written < count; written++)
        await database.transaction(programAct('test', 'platform.edit', 'trace'), (tx) =>
          record(tx, {
            on: `${target}_${written}`,
            organisationId: bare.organisationId,
            before: { name: '旧"名"', count: written, nothing: null },
            after: { name: 'new\n\u0007\\名', ratio: 1.5e-7 },
          }),
        )
      const found = await rowsOf<{ id: string }>(bare.url, 'select id from audit_entries order by id desc limit $1', [
        count,
      ])
      return found.map(({ id }) => id).reverse()
    },
    async forge(...statements) {
      const client = new Client({ connectionString: bare.url })
      await client.connect()
      try {
        await client.query('set session_replication_role = replica')
        for (const statement of statements) await client.query(statement)
      } finally {
        await client.end()
      }
    },
    [Symbol.asyncDispose]: () => bare[Symbol.asyncDispose](),
  }
}
