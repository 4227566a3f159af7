import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Keys by id; a sealed value names the one it was sealed with, so keys can be turned over without a flag day. */
export interface KeyRing {
  readonly current: string
  readonly keys: Readonly<Record<string, Buffer>>
}

export interface Secrets {
  /** `context` (what and whose the secret is) is bound in: a sealed value moved to another row does not open. */
  seal(plain: string, context: string): string
  open(sealed: string, context: string): string
  /** Equal for equal texts, and telling nobody without the key what was in them: a plain hash lets passwords be guessed. */
  fingerprint(text: string): Buffer
}

/** GB/T 32907 SM4 in CTR mode, then GB/T 32905 SM3 as HMAC over everything: OpenSSL has no SM4-GCM. */
const suite = 'sm4ctr-hmacsm3'

/** A key of its own for each use, so that none tells anything of another. */
export const derive = (key: Buffer, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `yiduo ${suite} ${use}`, bytes))

const macOf = (key: Buffer, head: string, context: string): Buffer =>
  createHmac('sm3', derive(key, 'mac', 32))
    .update(head)
    .update('\n')
    .update(context)
    .digest()

/** Tells keys apart without telling anything of them. */
export const keyMarksOf = ({ keys }: KeyRing): { id: string; fingerprint: string }[] =>
  Object.entries(keys).map(([id, key]) => ({ id, fingerprint: derive(key, 'mark', 8).toString('hex') }))

export const createSecrets = (ring: KeyRing): Secrets => {
  const keyOf = (id: string): Buffer => {
    const key = ring.keys[id]
    if (!key) throw new Error(`the key ${id} is not in the key ring`)
    return key
  }
  const fingerprintKey = derive(keyOf(ring.current), 'fingerprint', 32)
  return {
    fingerprint: (text) => createHmac('sm3', fingerprintKey).update(text).digest(),
    seal(plain, context) {
      const key = keyOf(ring.current)
      const nonce = randomBytes(16)
      const cipher = createCipheriv('sm4-ctr', derive(key, 'cipher', 16), nonce)
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const head = [suite, ring.current, nonce.toString('base64url'), data.toString('base64url')].join('.')
      return `${head}.${macOf(key, head, context).toString('base64url')}`
    },
    open(sealed, context) {
      const [name, keyId = '', nonce = '', data = '', mac = ''] = sealed.split('.')
      if (name !== suite) throw new Error(`sealed with an unknown suite: ${name}`)
      const key = keyOf(keyId)
      const expected = macOf(key, sealed.slice(0, sealed.lastIndexOf('.')), context)
      const given = Buffer.from(mac, 'base64url')
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new Error('a sealed value was altered, or moved from where it belongs')
      const decipher = createDecipheriv('sm4-ctr', derive(key, 'cipher', 16), Buffer.from(nonce, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8')
    },
  }
}
