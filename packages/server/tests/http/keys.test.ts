import { platformGet, platformProbe } from '@yiduo/contract'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { sealedColumns } from '../../src/compose-secrets.ts'
import { readConfig } from '../../src/config/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { keys } from '../../src/key-commands.ts'
import { createGround } from '../world/ground.ts'
import { formal } from '../world/orders.ts'
import { startServer } from '../world/server-process.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createDoors, createWorld, type World } from '../world/world.ts'

const command = async (databaseUrl: string, folder: string, verb: string, environment = {}): Promise<string> => {
  const said: string[] = []
  const config = readConfig({ YIDUO_DATA: folder, YIDUO_KEY_REPORT_MS: '200', ...environment }, [])
  const log = pino({ level: 'silent' })
  await keys({ config, url: databaseUrl, clock: systemClock, log, say: (words) => said.push(words) }, [verb])
  return said.join('\n')
}

const sealedWith = async (databaseUrl: string): Promise<string[]> =>
  (
    await rowsOf<{ key: string }>(
      databaseUrl,
      `select distinct split_part(credential, '.', 1) || '.' || split_part(credential, '.', 2) as key from platforms`,
    )
  ).map(({ key }) => key)

const probes = async (world: Pick<World, 'call' | 'operationEnded'>, platformId: string) => {
  const { id } = await world.call('operator', platformProbe, { params: { platformId } })
  return (await world.operationEnded('operator', id)).state
}

test('keys are rotated while two servers work: both open what either sealed, and all of it ends up under the new key', async () => {
  await using ground = await createGround()
  const { databaseUrl, folder } = ground
  await using world = await createWorld({ ground, environment: { YIDUO_KEY_REPORT_MS: '200' } })
  const platformId = await connectTestCloud(world)
  const [before] = await sealedWith(databaseUrl)
  expect(before).toMatch(/^sm4ctr-hmacsm3\.d\d+$/)
  await using other = await startServer(ground, { YIDUO_KEY_REPORT_MS: '200' })
  const elsewhere = createDoors(other.url, { tokenOf: world.tokenOf, forget: () => undefined })

  const say = (verb: string) => command(databaseUrl, folder, verb, { YIDUO_CRYPTO_SUITE: 'aes' })
  expect(await say('rotate')).toContain('is announced')
  await world.until(async () => / aes +in use /.test(await say('list')))
  await world.until(async () => {
    await world.yiduo.reconcilers.runNow('reseal')
    return (await sealedWith(databaseUrl)).every((it) => it.startsWith('aes256gcm.'))
  })
  for (const server of [world, elsewhere]) expect(await probes(server, platformId)).toBe('succeeded')
  expect((await elsewhere.call('operator', platformGet, { params: { platformId } })).state).toBe('online')
  expect(await say('list')).toMatch(/^d\d+ +seal +sm +retired .* 0 +an earlier key/m)
  expect(await say('rewrap')).toContain('3 data keys are wrapped anew')
  const listed = await say('list')
  expect(listed).toMatch(/^d\d+ +seal +sm +retired .* 0 +the current key$/m)
  expect(listed).toMatch(/^d\d+ +seal +aes +in use .* [1-9] +the current key$/m)
})

test('where no server runs a new key is in use at once', async () => {
  await using ground = await createGround()
  {
    await using world = await createWorld({ ground })
    await connectTestCloud(world)
  }
  expect(await command(ground.databaseUrl, ground.folder, 'rotate')).toContain('No server runs')
  await expect(command(ground.databaseUrl, ground.folder, 'turn')).rejects.toThrow('usage: yiduo keys')
})

/** Names that speak of a secret, and what lies in such columns instead of one. */
const suspicious = /[.].*(secret|credential|password|token|seed|private|key$)/
const notSealed: Readonly<Record<string, string>> = {
  'api_tokens.token_hash': 'a hash of random bytes',
  'audit_checkpoints.next_public_key': 'public',
  'audit_checkpoints.public_key': 'public',
  'audit_keys.public_key': 'public',
  'console_tickets.token_hash': 'a hash of random bytes',
  'idempotency_keys.key': 'the client’s own name for a request',
  'past_passwords.password_hash': 'argon2id',
  'people.password_hash': 'argon2id',
  'second_factors.credential_id': 'a passkey’s name',
  'second_factors.public_key': 'public',
  'sessions.previous_token_hash': 'a hash of random bytes',
  'sessions.token_hash': 'a hash of random bytes',
  'sign_ons.secret_hash': 'a hash of random bytes',
}

test('every column that holds a sealed value is registered, and no column holds a secret as it is', async () => {
  await using world = await createWorld()
  await formal(world, { platformId: await connectTestCloud(world) })
  const columns = await rowsOf<{ table: string; column: string; type: string }>(
    world.databaseUrl,
    `select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
       and c.data_type in ('text', 'bytea', 'json', 'jsonb') order by 1, 2`,
  )
  const registered = new Set(sealedColumns.map(({ table, column }) => `${table}.${column}`))
  const places = columns.map(({ table, column }) => `${table}.${column}`)
  expect([...registered].filter((it) => !places.includes(it))).toEqual([])
  expect(places.filter((it) => suspicious.test(it) && !registered.has(it) && !(it in notSealed))).toEqual([])
  const looks = columns.map(
    ({ table, column }) =>
      `select '${table}.${column}' as place from "${table}" where "${column}"::text ~ '^"?(sm4ctr-hmacsm3|aes256gcm)[.]'`,
  )
  const holding = await rowsOf<{ place: string }>(world.databaseUrl, looks.join(' union '))
  expect(holding.map(({ place }) => place).filter((it) => !registered.has(it))).toEqual(['data_keys.wrapped'])
  expect(holding.map(({ place }) => place)).toContain('platforms.credential')
})
