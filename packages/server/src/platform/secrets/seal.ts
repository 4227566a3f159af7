import { derive, hmacSm3, type SuiteName, suiteOf, suites } from './suite.ts'

/** Keys by id; a sealed value names the one it was sealed with, so keys can be turned over without a flag day. */
export interface KeyRing {
  readonly current: string
  readonly keys: Readonly<Record<string, Buffer>>
  /** Which suite a key is for; `sm` where it is not said, as with all keys of before there were two. */
  readonly suites?: Readonly<Record<string, SuiteName>>
  /** Outlives the other keys: what was fingerprinted before they were turned over stays recognisable. */
  readonly printKey?: Buffer
}

export interface Secrets {
  /** `context` (what and whose the secret is) is bound in: a sealed value moved to another row does not open. */
  seal(plain: string, context: string): string
  open(sealed: string, context: string): string
  /** Equal for equal texts, and telling nobody without the key what was in them: a plain hash lets passwords be guessed. */
  fingerprint(text: string): Buffer
}

/** Tells keys apart without telling anything of them. */
export const keyMark = (key: Buffer): string => derive(key, suites.sm.mark, 'mark', 8).toString('hex')

export const keyMarksOf = ({ keys }: Pick<KeyRing, 'keys'>): { id: string; fingerprint: string }[] =>
  Object.entries(keys).map(([id, key]) => ({ id, fingerprint: keyMark(key) }))

export const printKeyOf = (key: Buffer): Buffer => derive(key, suites.sm.mark, 'fingerprint', 32)

/** What every value begins with that is sealed as one sealed now would be. */
export const sealedHead = ({ current, suites: named }: KeyRing): string =>
  `${suites[named?.[current] ?? 'sm'].mark}.${current}.`

const keyOf = ({ keys }: KeyRing, id: string): Buffer => {
  const key = keys[id]
  if (!key) throw new Error(`the key ${id} is not in the key ring`)
  return key
}

/** The ring is asked anew at every call: it may be a living one, which keys join and leave. */
export const createSecrets = (ring: KeyRing): Secrets => ({
  fingerprint: (text) => hmacSm3(ring.printKey ?? printKeyOf(keyOf(ring, ring.current)), text),
  seal(plain, context) {
    const { current } = ring
    const suite = suites[ring.suites?.[current] ?? 'sm']
    const head = `${suite.mark}.${current}`
    const parts = suite.seal(keyOf(ring, current), Buffer.from(plain), head, context)
    return [head, ...parts.map((part) => part.toString('base64url'))].join('.')
  },
  open(sealed, context) {
    const [mark = '', keyId = '', ...rest] = sealed.split('.')
    const suite = suiteOf(mark)
    if (!suite) throw new Error(`sealed with an unknown suite: ${mark}`)
    const key = keyOf(ring, keyId)
    const [nonce, data, tag] = rest.map((part) => Buffer.from(part, 'base64url'))
    const opened = nonce && data && tag && suite.open(key, [nonce, data, tag], `${mark}.${keyId}`, context)
    if (!opened) throw new Error('a sealed value was altered, or moved from where it belongs')
    return opened.toString('utf8')
  },
})
