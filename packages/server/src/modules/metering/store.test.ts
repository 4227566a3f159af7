import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { createTx } from '../../platform/database/query.ts'
import { usageBetween } from './store.ts'

const years = 5_000

let bare: BareDatabase
beforeAll(async () => {
  bare = await createBareDatabase()
  await rowsOf(
    bare.url,
    `insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id, phase, quantity, started_at, ended_at)
     select gen_random_uuid(), gen_random_uuid(), 'server', n::text, $1, gen_random_uuid(), gen_random_uuid(), 'formal', 1,
            '2020-01-01T00:00:00Z'::timestamptz + n * interval '1 hour',
            case when n > 10 then '2020-01-01T00:00:00Z'::timestamptz + (n + 1) * interval '1 hour' end
     from generate_series(1, $2::int) n`,
    [bare.organisationId, years],
  )
  await rowsOf(bare.url, 'analyze usage_intervals')
})
afterAll(() => bare[Symbol.asyncDispose]())

test('a bill reads what its month holds and nothing of what had ended before', async () => {
  const plans: string[] = []
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    plans.push(JSON.stringify((await bare.database.pool.query(`explain (analyze, format json) ${text}`, values)).rows))
    return bare.database.pool.query(text, values)
  }
  // The one overload of pg's that stores use.
  const tx = createTx({ query: query as typeof bare.database.pool.query }, null)
  const from = new Date(Date.UTC(2020, 0, 1, years - 20))
  const held = await usageBetween(tx, bare.organisationId, from, new Date(Date.UTC(2030, 0)))
  expect(held).toHaveLength(31)
  const removed = [...plans.join().matchAll(/"Rows Removed by Filter":(\d+)/g)].map(([, count]) => Number(count))
  expect(Math.max(0, ...removed)).toBeLessThan(50)
})
