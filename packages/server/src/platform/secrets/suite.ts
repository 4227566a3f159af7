import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** By configuration: national algorithms, or the international ones. */
export const suiteNames = ['sm', 'aes'] as const
export type SuiteName = (typeof suiteNames)[number]

/** GB/T 32907 SM4 in CTR mode, which is its own inverse. */
export const sm4Ctr = (key: Buffer, nonce: Buffer, data: Buffer): Buffer => {
  const cipher = createCipheriv('sm4-ctr', key, nonce)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

/** HMAC over GB/T 32905 SM3. */
export const hmacSm3 = (key: Buffer, text: string): Buffer => createHmac('sm3', key).update(text).digest()

/** NIST SP 800-38D. */
export const aesGcm = (key: Buffer, nonce: Buffer, bound: Buffer, data: Buffer): { data: Buffer; tag: Buffer } => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  return { data: Buffer.concat([cipher.update(data), cipher.final()]), tag: cipher.getAuthTag() }
}

/** A key for one use of one suite: no two uses share one. */
export const derive = (key: Buffer, mark: string, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `yiduo ${mark} ${use}`, bytes))

/** What a sealed value holds behind suite and key id: nonce, data and tag, each in base64url. */
type Parts = readonly [nonce: Buffer, data: Buffer, tag: Buffer]

export interface Suite {
  /** What sealed values begin with. */
  readonly mark: string
  /** `head` (suite and key id) and `context` are authenticated with the data. */
  seal(key: Buffer, plain: Buffer, head: string, context: string): Parts
  /** Null where anything was altered, or the context is another. */
  open(key: Buffer, parts: Parts, head: string, context: string): Buffer | null
}

const sm4CtrHmacSm3 = 'sm4ctr-hmacsm3'

const macOf = (key: Buffer, [nonce, data]: readonly [Buffer, Buffer], head: string, context: string): Buffer =>
  hmacSm3(
    derive(key, sm4CtrHmacSm3, 'mac', 32),
    `${head}.${nonce.toString('base64url')}.${data.toString('base64url')}\n${context}`,
  )

/** Encrypt, then MAC over everything: OpenSSL has no SM4-GCM. */
const sm: Suite = {
  mark: sm4CtrHmacSm3,
  seal(key, plain, head, context) {
    const nonce = randomBytes(16)
    const data = sm4Ctr(derive(key, sm4CtrHmacSm3, 'cipher', 16), nonce, plain)
    return [nonce, data, macOf(key, [nonce, data], head, context)]
  },
  open(key, [nonce, data, tag], head, context) {
    const expected = macOf(key, [nonce, data], head, context)
    if (tag.length !== expected.length || !timingSafeEqual(tag, expected)) return null
    return sm4Ctr(derive(key, sm4CtrHmacSm3, 'cipher', 16), nonce, data)
  },
}

const aes256Gcm = 'aes256gcm'

/** A random nonce of 96 bits is good for 2^32 values under one key (SP 800-38D, 8.3), more than there will ever be. */
const aes: Suite = {
  mark: aes256Gcm,
  seal(key, plain, head, context) {
    const nonce = randomBytes(12)
    const bound = Buffer.from(`${head}\n${context}`)
    const { data, tag } = aesGcm(derive(key, aes256Gcm, 'cipher', 32), nonce, bound, plain)
    return [nonce, data, tag]
  },
  open(key, [nonce, data, tag], head, context) {
    if (nonce.length !== 12 || tag.length !== 16) return null // a shorter tag would be guessed sooner
    const decipher = createDecipheriv('aes-256-gcm', derive(key, aes256Gcm, 'cipher', 32), nonce, { authTagLength: 16 })
      .setAAD(Buffer.from(`${head}\n${context}`))
      .setAuthTag(tag)
    try {
      return Buffer.concat([decipher.update(data), decipher.final()])
    } catch {
      return null // the only way in which node:crypto says that a tag does not fit
    }
  },
}

export const suites: Readonly<Record<SuiteName, Suite>> = { sm, aes }

export const suiteOf = (mark: string): Suite | undefined => Object.values(suites).find((it) => it.mark === mark)
