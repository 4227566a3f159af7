import { loadKeyRing, readKeyRing } from './key-file.ts'
import { askKeyService, type Command } from './key-service.ts'
import { createSecrets, type KeyRing, sealedHead } from './seal.ts'
import type { SuiteName } from './suite.ts'

/** Where the key-encryption key is. */
export interface KeySettings {
  readonly keyFile: string
  /** What the environment holds in place of a file. */
  readonly keyRing: KeyRing | null
  /** Wraps from now on; a file or ring beside it only opens what it wrapped and sealed before. */
  readonly keyService: Command | null
  /** For keys made from now on. */
  readonly suite: SuiteName
}

/** Wraps data keys. It is asked where one is made, wrapped anew or first read by a process, and for no secret itself. */
export interface KeyEncryption {
  /** What seals where there is no data key yet, and opens what was sealed so. */
  readonly ring: KeyRing | null
  wrap(key: Buffer, keyId: string): Promise<string>
  unwrap(wrapped: string, keyId: string): Promise<Buffer>
  /** Whether it would wrap so now. */
  isCurrent(wrapped: string): boolean
}

const byService = 'service.'

const contextOf = (keyId: string): string => `data key ${keyId}`

/** A ring that already is; none of the files is made. */
export const readRing = async ({
  keyRing,
  keyFile,
}: Pick<KeySettings, 'keyRing' | 'keyFile'>): Promise<KeyRing | null> => keyRing ?? (await readKeyRing(keyFile))

const ringOf = (settings: KeySettings): Promise<KeyRing | null> =>
  settings.keyRing || settings.keyService ? readRing(settings) : loadKeyRing(settings.keyFile)

export const createKeyEncryption = (
  ring: KeyRing | null,
  { keyService, suite }: Pick<KeySettings, 'keyService' | 'suite'>,
): KeyEncryption => {
  const wrapping = ring && { ...ring, suites: { [ring.current]: suite } }
  const ringSecrets = () => {
    if (!wrapping) throw new Error('there is no key ring here: neither a key file nor keys in the environment')
    return createSecrets(wrapping)
  }
  return {
    ring,
    isCurrent: (wrapped) =>
      keyService ? wrapped.startsWith(byService) : wrapping !== null && wrapped.startsWith(sealedHead(wrapping)),
    async wrap(key, keyId) {
      if (!keyService) return ringSecrets().seal(key.toString('base64'), contextOf(keyId))
      return byService + (await askKeyService(keyService, 'wrap', keyId, key)).toString('base64url')
    },
    async unwrap(wrapped, keyId) {
      if (!wrapped.startsWith(byService)) return Buffer.from(ringSecrets().open(wrapped, contextOf(keyId)), 'base64')
      if (!keyService) throw new Error(`the key ${keyId} was wrapped by a key service, and none is configured`)
      return askKeyService(keyService, 'unwrap', keyId, Buffer.from(wrapped.slice(byService.length), 'base64url'))
    },
  }
}

/** For commands beside servers: a key that is not there is not made. */
export const readKeyEncryption = async (settings: KeySettings): Promise<KeyEncryption> =>
  createKeyEncryption(await readRing(settings), settings)

export const openKeyEncryption = async (settings: KeySettings): Promise<KeyEncryption> =>
  createKeyEncryption(await ringOf(settings), settings)
