import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from './cluster.ts'
import { mayReach } from './database-user.ts'

/** Owns nothing and is in no group of ours. */
const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }

const createTree = async () => {
  const top = await mkdtemp(join(tmpdir(), 'yiduo-reach-'))
  await chmod(top, 0o755)
  await mkdir(join(top, 'folder'))
  await writeFile(join(top, 'folder', 'file'), '')
  const at = (...names: string[]) => join(top, ...names)
  return { at, [Symbol.asyncDispose]: () => rm(top, { recursive: true }) }
}

test('one closed folder on the way bars whatever lies below, existing or not', async () => {
  await using tree = await createTree()
  const below = [tree.at('folder', 'file'), tree.at('folder', 'not', 'made', 'yet')]
  await chmod(tree.at('folder'), 0o711)
  await chmod(tree.at('folder', 'file'), 0o644)
  expect(await Promise.all(below.map((path) => mayReach(path, stranger)))).toEqual([true, true])
  await chmod(tree.at('folder'), 0o700)
  expect(await Promise.all(below.map((path) => mayReach(path, stranger)))).toEqual([false, false])
})

test('a file has to be readable, and the rights of owner and group count for them', async () => {
  await using tree = await createTree()
  const file = tree.at('folder', 'file')
  await chmod(tree.at('folder'), 0o755)
  await chmod(file, 0o640)
  const { uid, gid } = await stat(file)
  expect(await mayReach(file, stranger)).toBe(false)
  expect(await mayReach(file, { ...stranger, gid })).toBe(true)
  expect(await mayReach(file, { ...stranger, uid })).toBe(true)
  await chmod(file, 0o044)
  expect(await mayReach(file, { ...stranger, uid })).toBe(false)
})

test('we ourselves reach whatever we run with', async () => {
  expect(await mayReach('/root/anything', null)).toBe(true)
})

test.runIf(process.getuid?.() === 0)(
  'folders made on the way let the database through under a strict umask',
  async () => {
    await using tree = await createTree()
    const folder = tree.at('var', 'deep', 'postgres')
    const before = process.umask(0o077)
    try {
      await makeFolder(folder, stranger)
    } finally {
      process.umask(before)
    }
    expect(await mayReach(folder, stranger)).toBe(true)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  },
)
