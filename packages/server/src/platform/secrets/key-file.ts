import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from '../database/index.ts'
import type { KeyRing } from './seal.ts'

const parse = (text: string): KeyRing => {
  const { current, keys } = JSON.parse(text) as { current: string; keys: Record<string, string> } // our own file
  return {
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])),
  }
}

/**
 * Reads the key ring, making it on the first start. It lies beside the database, not in it: a stolen dump
 * opens nothing, and a restored one needs this file too.
 */
export const loadKeyRing = async (path: string): Promise<KeyRing> => {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  await mkdir(dirname(path), { recursive: true })
  const made = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify(made))
    await file.sync()
    await file.close()
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error // another process was first: its key holds
  }
  return parse(await readFile(path, 'utf8'))
}
