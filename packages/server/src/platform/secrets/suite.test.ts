import { createCipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecrets, sealedHead } from './seal.ts'
import { aesGcm, hmacSm3, sm4Ctr } from './suite.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const block = '0123456789abcdeffedcba9876543210'

test.each([
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
])('SM3 of “%s” is as GM/T 0004-2012 says', (text, digest) => {
  expect(createHash('sm3').update(text).digest('hex')).toBe(digest)
})

test('the block cipher below is SM4 as GM/T 0002-2012 has it', () => {
  const cipher = createCipheriv('sm4-ecb', hex(block), null).setAutoPadding(false)
  expect(cipher.update(block, 'hex', 'hex')).toBe('681edf34d206965e86b3e94f536e4246')
})

test('SM4-CTR is as draft-ribose-cfrg-sm4-10, A.2.5.1, says, there and back', () => {
  const nonce = hex('000102030405060708090a0b0c0d0e0f')
  const plain = hex(['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'aa', 'bb'].map((it) => it.repeat(8)).join(''))
  const sealed = sm4Ctr(hex(block), nonce, plain)
  expect(sealed.toString('hex')).toBe(
    'ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7' +
      'f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514',
  )
  expect(sm4Ctr(hex(block), nonce, sealed)).toEqual(plain)
})

test('HMAC-SM3 is as GM/T 0042-2015, D.3, says', () => {
  const key = hex('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20')
  const half = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'
  expect(hmacSm3(key, half + half).toString('hex')).toBe(
    'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a',
  )
})

// Test cases 14 and 16 of McGrew and Viega, “The Galois/Counter Mode of Operation”, which NIST SP 800-38D took over.
test.each([
  {
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    bound: '',
    plain: '00'.repeat(16),
    data: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    key: 'feffe9928665731c6d6a8f9467308308'.repeat(2),
    nonce: 'cafebabefacedbaddecaf888',
    bound: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plain:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    data: '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
])('AES-256-GCM is as published, with $bound bound in', ({ key, nonce, bound, plain, data, tag }) => {
  const sealed = aesGcm(hex(key), hex(nonce), hex(bound), hex(plain))
  expect([sealed.data.toString('hex'), sealed.tag.toString('hex')]).toEqual([data, tag])
})

const keys = { k1: Buffer.alloc(32, 1), d2: Buffer.alloc(32, 2) }
const before = createSecrets({ current: 'k1', keys })
const ring = { current: 'd2', keys, suites: { d2: 'aes' } } as const
const now = createSecrets(ring)

test('what is sealed with AES opens again, and nothing else does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(), (plain, context, at) => {
      const sealed = now.seal(plain, context)
      expect(sealed.startsWith(sealedHead(ring))).toBe(true)
      expect(now.open(sealed, context)).toBe(plain)
      expect(() => now.open(sealed, `${context}.`)).toThrow('altered')
      const parts = sealed.split('.').map((it) => Buffer.from(it, 'base64url'))
      const bytes = Buffer.concat(parts.slice(2))
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1
      const cut = [0, 12, bytes.length - 16, bytes.length]
      const forged = [0, 1, 2].map((part) => bytes.subarray(cut[part], cut[part + 1]).toString('base64url'))
      expect(() => now.open(['aes256gcm', 'd2', ...forged].join('.'), context)).toThrow('altered')
    }),
    { seed: 20_260_414, numRuns: 50 },
  )
})

test('a tag that was cut short opens nothing', () => {
  const [mark, id, nonce, data, tag = ''] = now.seal('secret', 'here').split('.')
  for (const length of [0, 4, 12, 15]) {
    const short = Buffer.from(tag, 'base64url').subarray(0, length).toString('base64url')
    expect(() => now.open([mark, id, nonce, data, short].join('.'), 'here')).toThrow('altered')
  }
})

test('what the other suite sealed opens beside it', () => {
  expect(now.open(before.seal('old', 'here'), 'here')).toBe('old')
})

/** Sealed by the release before there were data keys, with the key of 32 bytes 01. */
const keptSince0008 =
  'sm4ctr-hmacsm3.k1._1F6iekVA8oKKPetyutgIw.HuqN8nuojBOsPmzTLyZAE6ktICKv7A.Z4DMTIN0PQZJh-oB5bHcGXzjCSlqNOuVPfHGSOfNtTI'
test('what ADR 0008 sealed opens for ever', () => {
  expect(now.open(keptSince0008, 'platform 1 credential')).toBe('a credential of before')
})
