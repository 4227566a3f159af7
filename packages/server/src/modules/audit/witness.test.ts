import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rowsOf } from '../../../tests/world/statements.ts'
import { createTrailStage, type TrailStage } from '../../../tests/world/trail-stage.ts'
import { createIdentifierSource } from '../../kernel/identifier.ts'
import { verifyDaily } from './verify-daily.ts'

let stage: TrailStage
beforeEach(async () => {
  stage = await createTrailStage()
})
afterEach(() => stage[Symbol.asyncDispose]())

const problem = async () => (await stage.trail.verify()).problem
const rows = <Row>(statement: string) => rowsOf<Row>(stage.bare.url, statement)

/** Ten entries under three seals. */
const sealed = async (): Promise<void> => {
  for (const count of [3, 4, 3]) {
    await stage.write(count)
    await stage.trail.seal()
  }
}

describe('an end that was taken away together with its seals', () => {
  const takeAway = () =>
    stage.forge(
      'delete from audit_entries where id in (select entry_id from audit_chain where position > 7)',
      'delete from audit_chain where position > 7',
      'delete from audit_checkpoints where number > 2',
    )
  const daily = () => {
    const { bare, clock, record, trail } = stage
    return verifyDaily({
      ...{ database: bare.database, clock, record, trail },
      newId: createIdentifierSource(clock),
      province: async () => null,
    })
  }
  const found = async () =>
    (await rows<{ kind: string | null }>(`select problem->>'kind' as kind from audit_verifications order by id`)).map(
      ({ kind }) => kind,
    )

  test('is missed by whoever saw it sealed, at the next look and not at the next day’s', async () => {
    await sealed()
    await daily()
    await takeAway()
    expect(await problem()).toBeNull() // nothing in the database tells
    await daily()
    expect(await found()).toEqual([null, 'seal-forged'])
  })

  test('is missed though the chain went on behind it, and told once a day', async () => {
    await sealed()
    await daily()
    await takeAway()
    for (let more = 0; more < 3; more++) {
      await stage.write(2)
      await stage.trail.seal()
    }
    for (let looks = 0; looks < 3; looks++) await daily()
    expect(await found()).toEqual([null, 'seal-forged'])
    stage.clock.shift(86_400_000)
    await daily()
    expect(await found()).toEqual([null, 'seal-forged', 'seal-forged'])
  })

  test('is looked for where nothing is sealed any more: what waits could be removed without a trace', async () => {
    await sealed()
    await daily()
    await stage.forge('update audit_keys set private_key = null')
    await stage.write(1)
    await expect(stage.trail.seal()).rejects.toThrow('private key')
    await daily() // it may be sealed yet
    stage.clock.shift(11 * 60_000)
    await daily()
    await daily()
    expect(await found()).toEqual([null, 'unsealed'])
  })

  test('no verification of the future keeps the next one from being made', async () => {
    await sealed()
    await rows(
      `insert into audit_verifications (id, started_at, ended_at, entries)
       values ('ffffffff-ffff-7000-8000-000000000000', now() + interval '9 years', now() + interval '9 years', 10)`,
    )
    await daily()
    expect(await found()).toHaveLength(2)
  })
})
