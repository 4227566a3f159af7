import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silent } from '../tests/world/bare-database.ts'
import { createTrailStage, type TrailStage, trailRing } from '../tests/world/trail-stage.ts'
import { audit } from './audit-commands.ts'
import { readConfig } from './config/index.ts'
import { exportOf, sealedExport } from './modules/audit/seal-export.ts'
import { createSm2Pair, signSm2 } from './modules/audit/sm2.ts'

let stage: TrailStage
let folder: string
let ids: string[]
beforeAll(async () => {
  stage = await createTrailStage()
  folder = await mkdtemp(join(tmpdir(), 'yiduo-audit-'))
  const keys = Object.fromEntries(Object.entries(trailRing.keys).map(([id, key]) => [id, key.toString('base64')]))
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ current: trailRing.current, keys }))
  ids = await stage.write(5)
  await stage.trail.seal()
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** What it prints; what it ends with where it fails. */
const command = async (...arguments_: string[]): Promise<string> => {
  const said: string[] = []
  const config = readConfig({ YIDUO_DATA: folder }, [])
  const place = { config, url: stage.bare.url, clock: stage.clock, log: silent, say: (it: string) => said.push(it) }
  await audit(place, arguments_).catch((error: Error) => said.push(`${error.name}: ${error.message}`))
  return said.join('\n')
}

test('verify tells how much it looked at; checkpoint prints what can be kept and held against the trail', async () => {
  expect(await command('verify')).toMatch(/5 of 5\n5 entries under 1 checkpoints, .* s\nAll as it was written/)
  const kept = join(folder, 'kept.txt')
  await writeFile(kept, await command('checkpoint'))
  await command('rotate-key')
  expect(await command('verify', '--checkpoint', kept)).toContain('The kept checkpoint 1 belongs to it.')
  await writeFile(kept, 'Yiduo audit checkpoint, form 1')
  expect(await command('verify', '--checkpoint', kept)).toContain('is no checkpoint')
})

test('check-export tells a file as it was exported from one that was touched, and from one of another key', async () => {
  const file = join(folder, 'export.csv')
  const exported = async (sign: Parameters<typeof sealedExport>[2]) => {
    const content = new Blob(['id,at\r\n', 'aud_1,now\r\n']).stream()
    return Buffer.from(
      await new Response(
        sealedExport(content, { format: 'csv', of: exportOf({ by: 'qian', cutBy: { actor: 'li' } }) }, sign),
      ).arrayBuffer(),
    )
  }
  const own = await exported(stage.trail.sign)
  await writeFile(file, own)
  expect(await command('check-export', file)).toContain('As it was exported, of {"by":"qian","cutBy":{"actor":"li"}}')
  const whole = exportOf({ by: 'qian', cutBy: {} })
  await writeFile(file, own.toString().replace(/(?<=yiduo-seal,\w+,)[\w-]+/, whole)) // a part, said to be the whole
  expect(await command('check-export', file)).toContain('is not as it was exported')
  await writeFile(file, own.toString().replace('aud_1', 'aud_2'))
  expect(await command('check-export', file)).toContain('is not as it was exported')
  const pair = createSm2Pair()
  const foreign = async (text: string) => ({
    keyNumber: 1,
    publicKey: pair.publicKey,
    signature: signSm2(text, pair),
  })
  await writeFile(file, await exported(foreign))
  expect(await command('check-export', file)).toContain('a key that is not of this installation')
})

test('what it does not know it says', async () => {
  for (const words of [
    [],
    ['x'],
    ['verify', '--kept'],
    ['verify', '--checkpoint'],
    ['verify', '--checkpoint', 'a', 'b'],
  ])
    expect(await command(...words), words.join(' ')).toContain('usage: yiduo audit verify')
})

test('verify names the first entry that is not as it was written, and fails', async () => {
  await stage.forge(`update audit_entries set actor = 'nobody' where id = '${ids[2]}'`)
  const said = await command('verify')
  expect(said).toMatch(/Error: ALTERED: entry aud_\w+ \(.*\), position 3: its MAC does not hold/)
  expect(said).toContain(ids[2])
})
