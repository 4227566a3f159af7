import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type BareDatabase, createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { systemClock } from '../../kernel/clock.ts'
import { announceDataKey, takeIntoUse, wrapAnew } from './data-key.ts'
import { keysToKeep, missingKeys } from './kept-keys.ts'
import { createKeyEncryption } from './key-encryption.ts'
import { createKeychain, lifeMsOf } from './keychain.ts'
import { createResealReconciler } from './reseal-reconciler.ts'
import { createSecrets, keyMarksOf } from './seal.ts'
import { replaceSealed, type SealedColumn, sealedOtherwise } from './store.ts'

const ring = { current: 'k1', keys: { k1: Buffer.alloc(32, 1) } }
const byRing = createKeyEncryption(ring, { keyService: null, suite: 'sm' })
/** Servers of these tests look when told to: nothing is waited for. */
const everyMs = 600_000
const columns: readonly SealedColumn[] = [
  { table: 'webhooks', column: 'secret', id: 'id', contextOf: (id) => `webhook ${id}` },
]

let bare: BareDatabase
beforeEach(async () => {
  bare = await createBareDatabase()
  return () => bare[Symbol.asyncDispose]()
})

const deps = (encryption = byRing, suite: 'sm' | 'aes' = 'sm') => ({
  database: bare.database,
  clock: systemClock,
  encryption,
  suite,
})

const start = async (isNewInstallation: boolean, encryption = byRing) => {
  const signals = bare.signals() // it listens to nothing: nobody looks unasked
  const keychain = await createKeychain({
    ...deps(encryption),
    id: randomUUID(),
    signals,
    log: silent,
    everyMs,
    isNewInstallation,
  })
  onTestFinished(() => keychain[Symbol.asyncDispose]())
  return { ...keychain, secrets: createSecrets(keychain.ring) }
}
type Server = Awaited<ReturnType<typeof start>>

/** Each seals, and every one opens it. */
const readEachOther = (servers: readonly Server[]) => {
  for (const { secrets } of servers) {
    const sealed = secrets.seal('a secret', 'here')
    for (const other of servers) expect(other.secrets.open(sealed, 'here')).toBe('a secret')
  }
}

const currentOf = (servers: readonly Server[]) => servers.map((it) => it.ring.current)
const take = () => takeIntoUse(bare.database, lifeMsOf(everyMs))

test('a new installation seals with a data key from its first secret on', async () => {
  const server = await start(true)
  const sealed = server.secrets.seal('a secret', 'here')
  expect(sealed).toMatch(/^sm4ctr-hmacsm3\.d\d+\./)
  expect(() => createSecrets(ring).open(sealed, 'here')).toThrow('is not in the key ring')
  const [row] = await rowsOf<{ kept: string }>(bare.url, 'select data_keys::text as kept from data_keys')
  expect(row?.kept).not.toContain(Object.values(server.ring.keys).at(-1)?.toString('base64'))
})

test('an older one goes on as the release before it reads, until its keys are rotated', async () => {
  const server = await start(false)
  expect(createSecrets(ring).open(server.secrets.seal('new', 'here'), 'here')).toBe('new')
  expect(server.secrets.fingerprint('a body')).toEqual(createSecrets(ring).fingerprint('a body'))
  const old = createSecrets(ring).seal('old', 'here')
  await announceDataKey(deps())
  await server.refresh()
  expect(server.secrets.seal('new', 'here')).toMatch(/^sm4ctr-hmacsm3\.d\d+\./)
  expect(server.secrets.open(old, 'here')).toBe('old')
  expect(server.secrets.fingerprint('a body')).toEqual(createSecrets(ring).fingerprint('a body'))
})

test('servers that start at once on an empty database agree on one key', async () => {
  const servers = await Promise.all(Array.from({ length: 4 }, () => start(true)))
  expect(new Set(currentOf(servers)).size).toBe(1)
  readEachOther(servers)
})

test('a new key seals nothing before every living server has read it, whoever starts meanwhile', async () => {
  const [one, other] = [await start(true), await start(true)]
  const [before] = currentOf([one])
  const announced = await announceDataKey(deps(byRing, 'aes'))
  await rowsOf(bare.url, `update key_readers set reads = '{}'`) // neither has looked
  expect(await take()).toBeNull()
  const late = await start(true)
  readEachOther([one, other, late])
  expect(currentOf([one, other, late])).toEqual([before, before, before])
  await one.refresh()
  expect(currentOf([one])).toEqual([before])
  await other.refresh()
  const stages = [one, other, late]
  readEachOther(stages)
  for (const server of stages) {
    await server.refresh()
    readEachOther(stages)
  }
  expect(currentOf(stages)).toEqual([announced, announced, announced])
  expect(one.secrets.seal('a secret', 'here')).toMatch(/^aes256gcm\./)
})

test('what is signed is known again everywhere, after any rotation', async () => {
  const before = await start(true)
  const { current } = before.signingRing
  await announceDataKey(deps())
  await before.refresh()
  const after = await start(true)
  expect(current).not.toBe(before.ring.current)
  for (const { signingRing } of [before, after]) {
    expect(signingRing.current).toBe(current)
    expect(signingRing.keys[current]).toEqual(before.signingRing.keys[current])
  }
})

test('a server that died is waited for no longer than it may be silent', async () => {
  await announceDataKey(deps())
  const died = `insert into key_readers (id, seen_at, reads) values (gen_random_uuid(), clock_timestamp() - $1 * interval '1 ms', '{}')`
  await rowsOf(bare.url, died, [lifeMsOf(everyMs) - 60_000])
  expect(await take()).toBeNull()
  await rowsOf(bare.url, 'delete from key_readers')
  await rowsOf(bare.url, died, [lifeMsOf(everyMs) + 1])
  expect(await take()).not.toBeNull()
})

test('a server that cannot read a new key keeps all others from using it', async () => {
  const strange = createKeyEncryption(
    { current: 'k9', keys: { k9: Buffer.alloc(32, 9) } },
    { keyService: null, suite: 'sm' },
  )
  const server = await start(true)
  const [before] = currentOf([server])
  await announceDataKey(deps(strange))
  await server.refresh()
  expect(currentOf([server])).toEqual([before])
})

test('a server that lacks a key in use does not start', async () => {
  await start(true)
  const strange = createKeyEncryption(
    { current: 'k1', keys: { k1: Buffer.alloc(32, 9) } },
    { keyService: null, suite: 'sm' },
  )
  await expect(start(true, strange)).rejects.toThrow('altered')
})

const webhook = async (secret: (id: string) => string): Promise<string> => {
  const id = randomUUID()
  await rowsOf(
    bare.url,
    `insert into webhooks (id, organisation_id, url, secret, created_at) values ($1, $2, 'https://a.example', $3, now())`,
    [id, bare.organisationId, secret(id)],
  )
  return id
}
const keyOfEach = async () =>
  (await rowsOf<{ key: string }>(bare.url, `select split_part(secret, '.', 2) as key from webhooks order by 1`)).map(
    ({ key }) => key,
  )

test('what earlier keys sealed is sealed anew, and a key that nothing names goes', async () => {
  const server = await start(false)
  const ids = await Promise.all(
    Array.from({ length: 130 }, () => webhook((id) => server.secrets.seal(`secret ${id}`, `webhook ${id}`))),
  )
  const spoilt = await webhook((id) => server.secrets.seal('secret', `webhook of ${id}`))
  const reseal = createResealReconciler({
    database: bare.database,
    keychain: server,
    columns,
    log: silent,
    reportMs: everyMs,
  })
  const first = await announceDataKey(deps())
  await reseal.run()
  expect(new Set(await keyOfEach())).toEqual(new Set([first, 'k1'])) // the one that does not open is left as it is
  const second = await announceDataKey(deps(byRing, 'aes'))
  await reseal.run()
  expect((await keyOfEach()).filter((it) => it === second)).toHaveLength(ids.length)
  for (const { id, secret } of await rowsOf<{ id: string; secret: string }>(
    bare.url,
    'select id, secret from webhooks',
  ))
    if (id !== spoilt) expect(server.secrets.open(secret, `webhook ${id}`)).toBe(`secret ${id}`)

  const ofKey = `from data_keys where purpose = 'seal' order by number`
  const numbers = async () =>
    (await rowsOf<{ number: number }>(bare.url, `select number ${ofKey}`)).map((it) => `d${it.number}`)
  await reseal.run()
  expect(await numbers()).toEqual([first, second])
  await rowsOf(bare.url, `update data_keys set retired_at = retired_at - interval '2 hours'`)
  await rowsOf(
    bare.url,
    `insert into key_readers (id, seen_at, reads, seals_with) values (gen_random_uuid(), clock_timestamp(), '{}', $1)`,
    [Number(first.slice(1))],
  )
  await reseal.run()
  expect(await numbers()).toEqual([first, second]) // a server may still seal with it
  await rowsOf(bare.url, `delete from key_readers where seals_with = $1`, [Number(first.slice(1))])
  await reseal.run()
  expect(await numbers()).toEqual([second])
})

test('a secret that is stored while it is sealed anew is not overwritten', async () => {
  const { secrets } = await start(true)
  const id = await webhook((it) => createSecrets(ring).seal('old', `webhook ${it}`))
  const [column] = columns
  if (!column) throw new Error('no column')
  const [found] = await sealedOtherwise(bare.database.plain, column, 'sm4ctr-hmacsm3.d', null, 10)
  if (!found) throw new Error('nothing found')
  const edited = secrets.seal('edited meanwhile', `webhook ${id}`)
  await rowsOf(bare.url, 'update webhooks set secret = $1', [edited])
  expect(await replaceSealed(bare.database.plain, column, found, secrets.seal('old', `webhook ${id}`))).toBe(0)
  expect(await rowsOf(bare.url, 'select secret from webhooks')).toEqual([{ secret: edited }])
})

/** Stands for the tool of a hardware module: its key is in its own file, and it has one mode in which it fails. */
const keyService = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-key-service-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const program = join(folder, 'service.mjs')
  await writeFile(
    program,
    `import { createCipheriv, createDecipheriv } from 'node:crypto'
     import { readFileSync } from 'node:fs'
     const [mode, verb, keyId] = process.argv.slice(2)
     if (mode === 'fails') { console.error('the module is locked'); process.exit(3) }
     const given = Buffer.from(readFileSync(0, 'utf8').trim(), 'base64')
     const key = Buffer.alloc(32, 77), nonce = Buffer.alloc(16, keyId)
     const cipher = (verb === 'wrap' ? createCipheriv : createDecipheriv)('aes-256-ctr', key, nonce)
     console.log(cipher.update(given).toString('base64'))`,
  )
  const from = (mode: string) => ({ keyService: [process.execPath, program, mode], suite: 'sm' }) as const
  return { works: from('works'), fails: from('fails') }
}

test('a key service takes over from the key file, which is needed no more once all is sealed anew', async () => {
  const { works, fails } = await keyService()
  const before = await start(false)
  const sealed = before.secrets.seal('a secret', 'here')
  const both = createKeyEncryption(ring, works)
  const announced = await announceDataKey(deps(both))
  const after = await start(false, both)
  await rowsOf(bare.url, `delete from key_readers`)
  expect(await take()).toBe(announced)
  await after.refresh()
  expect(after.secrets.open(sealed, 'here')).toBe('a secret')
  expect(await wrapAnew(deps(both))).toBe(2) // those for fingerprints and signatures, which the file had wrapped
  expect(await wrapAnew(deps(both))).toBe(0)

  const alone = await start(false, createKeyEncryption(null, works))
  expect(alone.secrets.open(after.secrets.seal('new', 'here'), 'here')).toBe('new')
  expect(alone.secrets.fingerprint('a body')).toEqual(before.secrets.fingerprint('a body'))
  expect(() => alone.secrets.open(sealed, 'here')).toThrow('the key k1 is not in the key ring')
  await expect(start(false, createKeyEncryption(null, fails))).rejects.toThrow('ended with 3 the module is locked')
})

test('a new installation behind a key service makes no key file', async () => {
  const { works } = await keyService()
  const server = await start(false, createKeyEncryption(null, works))
  readEachOther([server])
})

test('a wrapped key that was put in another’s place is found out', async () => {
  const server = await start(true)
  const announced = await announceDataKey(deps())
  const [own = '', other = ''] = [...currentOf([server]), announced].map((it) => it.slice(1))
  await rowsOf(
    bare.url,
    'update data_keys k set wrapped = o.wrapped from data_keys o where k.number = $1 and o.number = $2',
    [own, other],
  )
  await expect(start(true)).rejects.toThrow('altered')
})

test('a backup names every key that it needs, and a restore finds out which are not there', async () => {
  const server = await start(false)
  await webhook((id) => server.secrets.seal('secret', `webhook ${id}`))
  await announceDataKey(deps())
  const settings = { keyFile: '/nowhere', keyRing: ring, keyService: null, suite: 'sm' } as const
  const keys = await keysToKeep(bare.database, settings, columns)
  expect(keys.map(({ id }) => id)).toEqual(['k1', ...Array.from({ length: 3 }, () => expect.stringMatching(/^d/))])
  expect(keys[0]).toEqual(keyMarksOf(ring)[0])
  expect(await missingKeys(keys, settings)).toEqual([])
  const strange = { ...settings, keyRing: { current: 'k1', keys: { k1: Buffer.alloc(32, 9) } } }
  expect(await missingKeys(keys, strange)).toEqual(keys)
})
