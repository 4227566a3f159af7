import { createHmac, createSecretKey } from 'node:crypto'
import type { KeyRing } from './seal.ts'
import { derive, suites } from './suite.ts'

/** Tells, to whoever holds the key ring, that a text is as one of the installation's processes wrote it. */
export interface Mac {
  /** `<key id>.<HMAC-SM3>`: the key is named, so keys can be turned over. */
  sign(text: string): string
  /** False as well where the key that it names is not in the ring. */
  isSigned(text: string, mac: string): boolean
}

/** `use` keeps what is signed for one purpose from passing for another. */
export const createMac = ({ keys, current }: KeyRing, use: string): Mac => {
  // Made once: from bytes Node makes such a key anew for each MAC, which takes longer than the MAC.
  const derived = new Map(
    Object.entries(keys).map(([id, key]) => [id, createSecretKey(derive(key, suites.sm.mark, `mac ${use}`, 32))]),
  )
  const macOf = (keyId: string, text: string): string | null => {
    const key = derived.get(keyId)
    return key ? `${keyId}.${createHmac('sm3', key).update(text).digest('base64url')}` : null
  }
  if (!derived.has(current)) throw new Error(`the key ${current} is not in the key ring`)
  return {
    sign: (text) => macOf(current, text) ?? '',
    // Who asks holds the key: there is nobody to tell anything by the time that comparing takes.
    isSigned: (text, mac) => macOf(mac.slice(0, mac.lastIndexOf('.')), text) === mac,
  }
}
