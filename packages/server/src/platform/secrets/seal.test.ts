import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecrets } from './seal.ts'

const ring = { current: 'k1', keys: { k1: Buffer.alloc(32, 1) } }
const secrets = createSecrets(ring)
const context = 'platform 1 credential'
const altered = 'a sealed value was altered, or moved from where it belongs'

test('what was sealed opens again, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, where) => {
      expect(secrets.open(secrets.seal(plain, where), where)).toBe(plain)
    }),
    { seed: 20_260_413, numRuns: 50 },
  )
})

test('the sealed text shows nothing of the secret, and no two are alike', () => {
  const one = secrets.seal('S3cret-of-the-cloud', context)
  const other = secrets.seal('S3cret-of-the-cloud', context)
  expect(one).not.toBe(other)
  expect(one).toMatch(/^sm4ctr-hmacsm3\.k1\.[\w-]+\.[\w-]+\.[\w-]+$/)
  for (const text of [one, Buffer.from(one.split('.')[3] ?? '', 'base64url').toString('latin1')])
    expect(text).not.toContain('S3cret')
})

test('one that was moved to another row does not open', () => {
  const sealed = secrets.seal('secret', context)
  expect(() => secrets.open(sealed, 'platform 2 credential')).toThrow(altered)
})

test('one that was altered anywhere does not open', () => {
  const sealed = secrets.seal('a rather long secret of the cloud', context)
  for (let place = sealed.indexOf('.', sealed.indexOf('.') + 1) + 1; place < sealed.length; place++) {
    const character = sealed[place] === 'A' ? 'B' : 'A'
    if (sealed[place] === '.') continue
    const forged = sealed.slice(0, place) + character + sealed.slice(place + 1)
    // The last character of a base64 text may hold bits that mean nothing.
    if (decodedAlike(sealed, forged)) continue
    expect(() => secrets.open(forged, context), `at ${place}`).toThrow(altered)
  }
})

const decodedAlike = (one: string, other: string): boolean =>
  one
    .split('.')
    .every((part, index) =>
      Buffer.from(part, 'base64url').equals(Buffer.from(other.split('.')[index] ?? '', 'base64url')),
    )

test('another installation’s key opens nothing', () => {
  const other = createSecrets({ current: 'k1', keys: { k1: Buffer.alloc(32, 2) } })
  expect(() => other.open(secrets.seal('secret', context), context)).toThrow(altered)
})

test('a fingerprint tells equal texts from others, to nobody but the holder of the key', () => {
  const other = createSecrets({ current: 'k1', keys: { k1: Buffer.alloc(32, 2) } })
  expect(secrets.fingerprint('a password')).toEqual(secrets.fingerprint('a password'))
  expect(secrets.fingerprint('a password')).not.toEqual(secrets.fingerprint('a passwort'))
  expect(secrets.fingerprint('a password')).not.toEqual(other.fingerprint('a password'))
})

test('after the keys were turned over, what is old still opens and what is new uses the new key', () => {
  const turned = createSecrets({ current: 'k2', keys: { ...ring.keys, k2: Buffer.alloc(32, 2) } })
  expect(turned.open(secrets.seal('old', context), context)).toBe('old')
  expect(turned.seal('new', context)).toMatch(/^sm4ctr-hmacsm3\.k2\./)
  expect(() => secrets.open(turned.seal('new', context), context)).toThrow('the key k2 is not in the key ring')
})

test.each(['', 'plain', 'aes.k1.a.b.c', 'sm4ctr-hmacsm3', 'sm4ctr-hmacsm3.k1..', 'sm4ctr-hmacsm3.nokey.a.b.c'])(
  '“%s” is not sealed, and does not open',
  (text) => {
    expect(() => secrets.open(text, context)).toThrow()
  },
)
