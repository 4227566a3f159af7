import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadKeyRing } from './key-file.ts'

const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), 'yiduo-keys-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('the first start makes a key that only its owner can read; the next ones find it', async () => {
  const path = join(await folder(), 'below', 'keys.json')
  const made = await loadKeyRing(path)
  expect(made.keys[made.current]).toHaveLength(32)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await loadKeyRing(path)).toEqual(made)
})

test('of several processes that start at once one makes the key and all use it', async () => {
  const path = join(await folder(), 'keys.json')
  const rings = await Promise.all(Array.from({ length: 8 }, () => loadKeyRing(path)))
  for (const ring of rings) expect(ring).toEqual(rings[0])
})

test('whoever reads while the key is being made finds none or the whole, and no draft is left', async () => {
  const path = join(await folder(), 'keys.json')
  const making = loadKeyRing(path)
  let made = false
  void making.then(() => {
    made = true
  })
  const seen = new Set<string>()
  while (!made) {
    seen.add(await readFile(path, 'utf8').catch(() => 'none'))
    await new Promise((resolve) => setImmediate(resolve))
  }
  seen.delete('none')
  seen.add(await readFile(path, 'utf8'))
  expect(seen.size).toBe(1)
  expect(await readdir(dirname(path))).toEqual(['keys.json'])
})

test('a key file that cannot be read is never made anew: what it sealed would be lost', async () => {
  const path = join(await folder(), 'keys.json')
  await writeFile(path, '{"current":')
  await expect(loadKeyRing(path)).rejects.toThrow(SyntaxError)
  expect(await readFile(path, 'utf8')).toBe('{"current":')
})
