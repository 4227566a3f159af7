import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

type Cbor = number | string | Buffer | readonly (readonly [number | string, Cbor])[]

/** As much of RFC 8949 as an attestation needs: small integers, texts, bytes and maps. */
const cbor = (value: Cbor): Buffer => {
  const head = (major: number, count: number): Buffer => {
    if (count < 24) return Buffer.of((major << 5) | count)
    return count < 256 ? Buffer.of((major << 5) | 24, count) : Buffer.of((major << 5) | 25, count >> 8, count & 255)
  }
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  return Buffer.concat([head(5, value.length), ...value.flatMap(([key, inner]) => [cbor(key), cbor(inner)])])
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()

/** What may be wrong with an answer. */
export interface Wrong {
  readonly origin?: string
  readonly type?: string
  readonly rpId?: string
  /** Without it nobody was asked for a finger or a PIN. */
  readonly isVerified?: boolean
}

/** A passkey in software (WebAuthn L3, ES256), which does as it is told: a browser's would refuse what is wrong. */
export const createAuthenticator = (origin: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  const cose = cbor([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ])
  const clientData = (challenge: unknown, type: string, wrong: Wrong): Buffer =>
    Buffer.from(JSON.stringify({ type: wrong.type ?? type, challenge, origin: wrong.origin ?? origin }))
  const authenticatorData = (flags: number, counter: number, wrong: Wrong): Buffer => {
    const verified = wrong.isVerified === false ? 0 : 0x04
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([
      sha256(wrong.rpId ?? new URL(origin).hostname),
      Buffer.of(0x01 | verified | flags), // somebody was there
      count,
    ])
  }
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' }
  return {
    /** The answer to what `passkey.begin` asks. */
    create({ challenge }: Record<string, unknown>, wrong: Wrong = {}): Record<string, unknown> {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, cose])
      const authData = Buffer.concat([authenticatorData(0x40, 0, wrong), attested])
      const attestationObject = cbor([
        ['fmt', 'none'],
        ['attStmt', []],
        ['authData', authData],
      ])
      const response = {
        clientDataJSON: clientData(challenge, 'webauthn.create', wrong).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
      }
      return { ...named, response, clientExtensionResults: {} }
    },
    /** The answer to what `passkey.challenge` asks, the key having been used so many times. */
    get({ challenge }: Record<string, unknown>, counter: number, wrong: Wrong = {}): Record<string, unknown> {
      const json = clientData(challenge, 'webauthn.get', wrong)
      const data = authenticatorData(0, counter, wrong)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(json)]))
        .sign(privateKey)
      const response = {
        clientDataJSON: json.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      }
      return { ...named, response, clientExtensionResults: {} }
    },
  }
}
