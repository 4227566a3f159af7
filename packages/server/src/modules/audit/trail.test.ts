import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rowsOf } from '../../../tests/world/statements.ts'
import { createTrailStage, type TrailStage } from '../../../tests/world/trail-stage.ts'
import { programAct } from '../../kernel/act.ts'
import { createMac, createSecrets } from '../../platform/secrets/index.ts'
import { checkpointText, createTrail, parseCheckpoint } from './index.ts'
import { hashOf, unsignedForMs } from './model.ts'
import { cutOff } from './retention.ts'
import { createSm2Pair } from './sm2.ts'
import { linksAfter } from './verify-store.ts'

let stage: TrailStage
beforeEach(async () => {
  stage = await createTrailStage()
})
afterEach(() => stage[Symbol.asyncDispose]())

const present = <T>(it: T | null | undefined): T => {
  if (it === null || it === undefined) throw new Error('nothing there')
  return it
}
const problem = async () => (await stage.trail.verify()).problem
const rows = <Row>(statement: string) => rowsOf<Row>(stage.bare.url, statement)
const insertEntry = (mac = 'null', at = 'now()') =>
  `insert into audit_entries (id, at, actor, operation, target, trace, mac) values ('00000000-0000-7000-8000-00000000000f', ${at}, 'somebody', 'grant.create', 'usr_1', 't', ${mac})`

/** What an attacker can do to the chain without the keys: every hash from a position on, computed anew. */
const recompute = async (): Promise<void> => {
  let hash: Buffer = Buffer.alloc(32)
  for (const link of await linksAfter(stage.bare.database.plain, 0, 1_000, 1_000)) {
    hash = hashOf(hash, link)
    await stage.forge(`update audit_chain set hash = '\\x${hash.toString('hex')}' where position = ${link.position}`)
  }
}

/** Ten entries under three seals. */
const sealed = async (): Promise<string[]> => {
  const ids = []
  for (const count of [3, 4, 3]) {
    ids.push(...(await stage.write(count)))
    await stage.trail.seal()
  }
  return ids
}

test('a trail that nobody touched verifies, and an empty one as well', async () => {
  expect(await stage.trail.verify()).toEqual({ entries: 0, checkpoints: 0, upTo: null, problem: null })
  await sealed()
  await stage.write(2) // wait for the sealer
  expect(await stage.trail.verify()).toMatchObject({
    entries: 10,
    checkpoints: 3,
    problem: null,
    upTo: { position: 10 },
  })
  expect(await rows('select from audit_queue')).toHaveLength(2)
})

test('entries committed late are chained later, and the chain has no gap', async () => {
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const late = stage.bare.database.transaction(programAct('late', 'platform.edit', 'trace'), async (tx) => {
    await stage.record(tx, { on: 'late', organisationId: null })
    begun.resolve()
    await held.promise
  })
  await begun.promise
  await stage.write(2)
  await stage.trail.seal()
  held.resolve()
  await late
  await stage.trail.seal()
  expect(
    await rows('select e.target from audit_chain c join audit_entries e on e.id = c.entry_id order by position'),
  ).toEqual([{ target: 'thing_0' }, { target: 'thing_1' }, { target: 'late' }])
  expect(await stage.trail.verify()).toMatchObject({ entries: 3, problem: null })
})

test('two sealers at once chain each entry once', async () => {
  await stage.write(20)
  await Promise.all([stage.trail.seal(), stage.trail.seal(), stage.trail.seal()])
  expect(await stage.trail.verify()).toMatchObject({ entries: 20, problem: null })
})

describe('an altered entry is named', () => {
  test.each([
    `target = 'thing_9'`,
    `actor = 'somebody'`,
    `at = at + interval '1 microsecond'`,
    `before = '{"name":1}'`,
    `after = (after::text || ' ')::json`,
    `organisation_id = null`,
    `address = '::1'`,
    `mac = null`,
  ])('%s', async (change) => {
    const ids = await sealed()
    await stage.forge(`update audit_entries set ${change} where id = '${ids[4]}'`)
    const kinds: Record<string, string> = { 'mac = null': 'inserted' }
    const kind = change.startsWith('at') ? 'removed' : (kinds[change] ?? 'altered') // with another instant it is another entry
    expect(await problem()).toMatchObject({ kind, position: 5, entryId: ids[4] })
  })

  test('with all hashes computed anew', async () => {
    const ids = await sealed()
    await stage.forge(`update audit_entries set target = 'other' where id = '${ids[4]}'`)
    await recompute()
    expect(await problem()).toMatchObject({ kind: 'altered', position: 5, entryId: ids[4] })
  })
})

describe('a removed entry is named', () => {
  test('alone', async () => {
    const ids = await sealed()
    await stage.forge(`delete from audit_entries where id = '${ids[4]}'`)
    expect(await problem()).toMatchObject({ kind: 'removed', position: 5, entryId: ids[4] })
  })

  test('with its link', async () => {
    const ids = await sealed()
    await stage.forge(`delete from audit_entries where id = '${ids[4]}'`, `delete from audit_chain where position = 5`)
    expect(await problem()).toMatchObject({
      kind: 'link-broken',
      position: 5,
      what: 'the links from 5 to 5 are missing',
    })
  })

  const close = async (ids: string[]) =>
    stage.forge(
      `delete from audit_entries where id = '${ids[4]}'`,
      `delete from audit_chain where position = 5`,
      `update audit_chain set position = -position where position > 5`,
      `update audit_chain set position = -position - 1 where position < 0`,
    )

  test('with its link, and the gap closed', async () => {
    const ids = await sealed()
    await close(ids)
    expect(await problem()).toMatchObject({ kind: 'removed', position: 5, entryId: ids[5] })
  })

  test('with its link, the gap closed, and all hashes computed anew', async () => {
    const ids = await sealed()
    await close(ids)
    await recompute()
    expect(await problem()).toMatchObject({ kind: 'link-broken', position: 5, entryId: ids[5] })
  })

  test('with all that came after it, seals included: by a checkpoint that was kept', async () => {
    await sealed()
    const kept = present(await stage.trail.lastCheckpoint())
    await stage.forge(
      'delete from audit_entries where id in (select entry_id from audit_chain where position > 7)',
      'delete from audit_chain where position > 7',
      'delete from audit_checkpoints where position > 7',
    )
    expect(await problem()).toBeNull()
    expect((await stage.trail.verify({ kept })).problem).toMatchObject({ kind: 'seal-forged', checkpoint: 3 })
    await stage.write(3)
    await stage.trail.seal()
    expect((await stage.trail.verify({ kept })).problem).toMatchObject({
      checkpoint: 3,
      what: 'it is not the one that was kept',
    })
  })
})

describe('an inserted entry is named', () => {
  const id = '00000000-0000-7000-8000-00000000000f'
  const late = () => stage.clock.shift(unsignedForMs + 60_000)

  test('alone, past every trigger', async () => {
    await sealed()
    await stage.forge(insertEntry())
    expect(await problem()).toMatchObject({ kind: 'inserted', position: null, entryId: id })
  })

  test('by plain SQL: the sealer chains it, and it has no MAC', async () => {
    await sealed()
    late()
    await rows(insertEntry())
    await stage.trail.seal()
    expect(await problem()).toMatchObject({ kind: 'inserted', position: 11, entryId: id })
  })

  test('with a MAC of another entry, and with a place in the queue', async () => {
    await sealed()
    await stage.forge(
      insertEntry('(select mac from audit_entries limit 1)'),
      'insert into audit_queue (entry_id, at) select id, at from audit_entries order by id limit 1',
      'insert into audit_queue (entry_id, at) select id, at from audit_entries order by id limit 1',
    )
    await stage.trail.seal()
    expect(await problem()).toMatchObject({ kind: 'inserted', position: 11, entryId: id })
  })

  test('into the middle of the chain, with all hashes computed anew', async () => {
    const ids = await sealed()
    await stage.forge(
      insertEntry(`(select mac from audit_entries where id = '${ids[4]}')`),
      `update audit_chain set position = -position where position > 4`,
      `update audit_chain set position = -position + 1 where position < 0`,
      `insert into audit_chain select 5, e.id, e.at, '', c.mac from audit_entries e, audit_chain c where e.id = '${id}' and c.position = 4`,
    )
    await recompute()
    expect(await problem()).toMatchObject({ kind: 'altered', position: 5, entryId: id })
  })

  test('behind the end of the chain, with a link and no seal', async () => {
    await sealed()
    await stage.forge(insertEntry(), `insert into audit_chain select 11, '${id}', now(), '', 'k1.x'`)
    expect(await problem()).toMatchObject({ kind: 'inserted', position: 11 })
  })

  test('a genuine entry that was taken out of the chain and out of the queue', async () => {
    const ids = await sealed()
    const [waiting] = await stage.write(1)
    await stage.forge('delete from audit_queue')
    expect(ids).toHaveLength(10)
    expect(await problem()).toMatchObject({ kind: 'link-broken', position: null, entryId: waiting })
  })
})

describe('swapped entries are named', () => {
  const swap = (columns: string) =>
    stage.forge(
      'alter table audit_chain drop constraint audit_chain_entry_id_key',
      `update audit_chain a set ${columns
        .split(' ')
        .map((it) => `${it} = b.${it}`)
        .join(', ')} from audit_chain b where (a.position, b.position) in ((5, 6), (6, 5))`,
    )

  test('in their links', async () => {
    const ids = await sealed()
    await swap('entry_id at')
    expect(await problem()).toMatchObject({ kind: 'reordered', position: 5, entryId: ids[5] })
  })

  test('whole links', async () => {
    const ids = await sealed()
    await swap('entry_id at hash mac')
    expect(await problem()).toMatchObject({ kind: 'reordered', position: 5, entryId: ids[5] })
  })

  test('with all hashes computed anew', async () => {
    const ids = await sealed()
    await swap('entry_id at')
    await recompute()
    expect(await problem()).toMatchObject({ kind: 'reordered', position: 5, entryId: ids[5] })
  })
})

describe('a seal that was touched is named', () => {
  test.each([
    ['hash', `hash = '\\x00'`],
    ['at', `at = at - interval '1 day'`],
    ['what may be unsigned', 'unsigned_up_to = 7'],
    ['signature', `signature = repeat('0', 128)`],
  ])('its %s', async (_, change) => {
    await sealed()
    for (const number of [2, 3]) {
      await stage.forge(`create table was as select * from audit_checkpoints`)
      await stage.forge(`update audit_checkpoints set ${change} where number = ${number}`)
      expect(await problem(), String(number)).toMatchObject({ kind: 'seal-forged', checkpoint: number })
      await stage.forge(
        'delete from audit_checkpoints',
        'insert into audit_checkpoints select * from was',
        'drop table was',
      )
    }
    expect(await problem()).toBeNull()
  })

  test('one that is missing in the middle', async () => {
    await sealed()
    await stage.forge('delete from audit_checkpoints where number = 2')
    expect(await problem()).toMatchObject({ kind: 'seal-forged', checkpoint: 3 })
  })

  test('all made anew with a key of the attacker’s own', async () => {
    await sealed()
    await stage.forge('delete from audit_checkpoints', 'delete from audit_chain', 'delete from audit_keys')
    await stage.forge('insert into audit_queue (entry_id, at) select id, at from audit_entries order by id desc')
    const ring = { current: 'k1', keys: { k1: Buffer.alloc(32, 9) } }
    const { bare, clock } = stage
    const mac = createMac(ring, 'audit')
    await createTrail({
      ...{ database: bare.database, clock, mac, secrets: createSecrets(ring) },
      installation: 'yd-test00-',
    }).seal()
    expect((await stage.trail.verify()).problem).toMatchObject({ kind: 'seal-forged', checkpoint: 1 })
  })
})

describe('keys are turned over', () => {
  test('the old one announces the new one, and can sign nothing more', async () => {
    await sealed()
    expect(await stage.trail.rotateKey()).toBe(true)
    await stage.write(2)
    await stage.trail.seal()
    expect(await stage.trail.verify()).toMatchObject({ entries: 12, checkpoints: 5, problem: null })
    expect(await rows('select number, private_key is null as forgotten from audit_keys order by number')).toEqual([
      { number: 1, forgotten: true },
      { number: 2, forgotten: false },
    ])
    const last = present(await stage.trail.lastCheckpoint())
    expect(last.keyNumber).toBe(2)
  })

  test('after a year by itself', async () => {
    await sealed()
    stage.clock.shift(366 * 86_400_000)
    await stage.write(1)
    await stage.trail.seal()
    expect(await stage.trail.verify()).toMatchObject({ checkpoints: 5, problem: null, upTo: { keyNumber: 2 } })
  })

  test('one that nobody announced is refused', async () => {
    await sealed()
    await stage.trail.rotateKey()
    await stage.write(1)
    await stage.trail.seal()
    const { publicKey } = createSm2Pair()
    await stage.forge(`update audit_checkpoints set next_public_key = '${publicKey}' where number = 4`)
    expect(await problem()).toMatchObject({ kind: 'seal-forged', checkpoint: 4 })
  })
})

const cut = () => cutOff({ database: stage.bare.database, clock: stage.clock, record: stage.record })

describe('what the rule no longer keeps is cut off at a checkpoint', () => {
  const aged = async () => {
    const ids = await sealed()
    stage.clock.shift(37 * 31 * 86_400_000)
    ids.push(...(await stage.write(2)))
    await stage.trail.seal()
    return ids
  }

  test('nothing of what is younger, and never the newest checkpoint', async () => {
    await sealed()
    await cut()
    stage.clock.shift(37 * 31 * 86_400_000)
    await cut() // all but the newest checkpoint is old
    expect(await stage.trail.verify()).toMatchObject({ checkpoints: 2, problem: null })
    expect(await rows('select from audit_chain')).toHaveLength(3)
  })

  test('the rest still verifies, and the cut is on record', async () => {
    const ids = await aged()
    await cut()
    await stage.trail.seal()
    expect(await stage.trail.verify()).toMatchObject({ entries: 3, problem: null }) // two and the cut
    expect(await rows<{ id: string }>('select id from audit_entries order by id limit 2')).toEqual(
      ids.slice(10).map((id) => ({ id })),
    )
    expect(
      await rows(`select after from audit_entries where operation = 'audit.cut' order by id desc limit 1`),
    ).toMatchObject([{ after: { months: 36, position: 10 } }])
    await expect(rows('delete from audit_entries')).rejects.toThrow('never changed')
  })

  test('a beginning that somebody else removed is missed', async () => {
    await aged()
    await stage.forge(
      'delete from audit_entries where id in (select entry_id from audit_chain where position <= 7)',
      'delete from audit_chain where position <= 7',
      'delete from audit_checkpoints where position < 7',
    )
    expect(await problem()).toMatchObject({ kind: 'removed', checkpoint: 2 })
  })
})

test('nothing of the last six months, whatever somebody wrote into the rule', async () => {
  await sealed()
  stage.clock.shift(5 * 30 * 86_400_000)
  await stage.write(2)
  await stage.trail.seal()
  await stage.forge(
    'alter table audit_policies drop constraint audit_policies_months_check',
    'update audit_policies set months = 0',
  )
  await cut()
  expect(await stage.trail.verify()).toMatchObject({ entries: 12, problem: null })
})

test('a month that holds nothing any more goes as a whole; one that holds something stays', async () => {
  const months = () =>
    rows<{ name: string }>(
      `select relname as name from pg_class where relname ~ '^audit_entries_[0-9_]+$' and relkind = 'r' order by 1`,
    )
  await rows(
    `select ensure_month_partition('audit_entries', '2026-01-01'), ensure_month_partition('audit_entries', '2026-02-01')`,
  )
  const before = await months()
  expect(before).toEqual(expect.arrayContaining([{ name: 'audit_entries_2026_01' }]))
  await stage.forge(insertEntry('null', `'2026-02-15'`))
  await stage.forge('insert into audit_queue (entry_id, at) select id, at from audit_entries')
  await sealed()
  stage.clock.shift(12 * 31 * 86_400_000) // the rule keeps what there is
  await cut()
  const after = await months()
  expect(after).not.toContainEqual({ name: 'audit_entries_2026_01' })
  expect(after).toContainEqual({ name: 'audit_entries_2026_02' })
  expect(await stage.trail.verify()).toMatchObject({ entries: 11, problem: null })
})

test('entries of before the first checkpoint need no MAC, those of a day later do; touched, both are named', async () => {
  await stage.forge(insertEntry('null', `'2026-01-01'`))
  await stage.forge('insert into audit_queue (entry_id, at) select id, at from audit_entries')
  await sealed()
  expect(await stage.trail.verify()).toMatchObject({ entries: 11, problem: null, upTo: { unsignedUpTo: 1 } })
  await stage.forge(`update audit_entries set target = 'other' where mac is null`)
  expect(await problem()).toMatchObject({ kind: 'altered', position: 1 })
})

test('a checkpoint that was printed is read again, and one changed in any line is not taken for it', async () => {
  await sealed()
  const kept = present(await stage.trail.lastCheckpoint())
  const text = checkpointText(kept)
  expect(parseCheckpoint(text)).toEqual(kept)
  expect(parseCheckpoint(`\n${text.replaceAll('\n', '\r\n')}\n`)).toEqual(kept)
  expect((await stage.trail.verify({ kept })).problem).toBeNull()
  for (const broken of ['', 'x', text.replace('position 10', 'position  10'), text.replace('number', 'munber')])
    expect(parseCheckpoint(broken), broken).toBeNull()
  const changed = present(parseCheckpoint(text.replace('position 10', 'position 9')))
  expect((await stage.trail.verify({ kept: changed })).problem).toMatchObject({ kind: 'seal-forged' })
})

test('entries, links and seals are not changed, removed or emptied by accident', async () => {
  await sealed()
  for (const table of ['audit_entries', 'audit_chain', 'audit_checkpoints']) {
    await expect(rows(`delete from ${table}`)).rejects.toThrow('the audit trail is never changed: delete')
    await expect(rows(`truncate ${table}`)).rejects.toThrow('the audit trail is never changed: truncate')
    await expect(rows(`update ${table} set at = now()`)).rejects.toThrow('the audit trail is never changed: update')
  }
})
