import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from '../database/index.ts'
import type { KeyRing } from './seal.ts'

/** `{"current":"k1","keys":{"k1":"…"}}`, each key 32 bytes in base64. */
export const parseKeyRing = (text: string): KeyRing => {
  const { current, keys } = JSON.parse(text) as { current: string; keys: Record<string, string> } // our own file
  const ring = {
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])),
  }
  // `d1` is what data keys are called, and a point would end the id in a sealed value.
  for (const [id, key] of Object.entries(ring.keys))
    if (key.length !== 32 || !/^(?!d\d+$)[\w-]+$/.test(id)) throw new Error(`${id} is not the id of a key of 32 bytes`)
  if (!(current in ring.keys)) throw new Error(`there is no key ${current}, which is to be the current one`)
  return ring
}

const synced = async (path: string, flags: 'r' | 'wx', text?: string): Promise<void> => {
  const file = await open(path, flags, 0o600)
  try {
    if (text !== undefined) await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * The file is there whole or not at all, whenever this ends and whoever else reads: it is written under another name,
 * and gets its own by a link, which the first of several wins.
 */
const place = async (path: string, text: string): Promise<void> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await synced(draft, 'wx', text)
  try {
    await link(draft, path)
    await synced(dirname(path), 'r')
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error // another process was first: its key holds
  } finally {
    await unlink(draft)
  }
}

/** The key ring that is there; null where there is none. */
export const readKeyRing = async (path: string): Promise<KeyRing | null> => {
  try {
    return parseKeyRing(await readFile(path, 'utf8'))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    return null
  }
}

/**
 * Reads the key ring, making it on the first start. It lies beside the database, not in it: a stolen dump
 * opens nothing, and a restored one needs this file too.
 */
export const loadKeyRing = async (path: string): Promise<KeyRing> => {
  const known = await readKeyRing(path)
  if (known) return known
  await mkdir(dirname(path), { recursive: true })
  await place(path, JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }))
  return parseKeyRing(await readFile(path, 'utf8'))
}
