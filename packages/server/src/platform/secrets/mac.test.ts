import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createMac } from './mac.ts'

const ring = { current: 'k1', keys: { k1: Buffer.alloc(32, 1) } }
const mac = createMac(ring, 'audit')

test('a text is signed by one key for one purpose, and any other text, key or purpose is not', () => {
  const signed = mac.sign('text')
  expect(signed).toMatch(/^k1\.[\w-]{43}$/)
  expect(mac.isSigned('text', signed)).toBe(true)
  expect(mac.isSigned('texT', signed)).toBe(false)
  expect(createMac(ring, 'other').isSigned('text', signed)).toBe(false)
  expect(createMac({ current: 'k1', keys: { k1: Buffer.alloc(32, 2) } }, 'audit').isSigned('text', signed)).toBe(false)
  for (const other of ['', 'k1', 'k1.', `k2${signed.slice(2)}`, `${signed}x`, signed.slice(0, -1)])
    expect(mac.isSigned('text', other), other).toBe(false)
})

test('after the keys were turned over, what is old still holds and what is new names the new key', () => {
  const turned = createMac({ current: 'k2', keys: { ...ring.keys, k2: Buffer.alloc(32, 2) } }, 'audit')
  expect(turned.isSigned('old', mac.sign('old'))).toBe(true)
  expect(turned.sign('new')).toMatch(/^k2\./)
})

test('SM3 of this Node is that of GB/T 32905', () => {
  const sm3 = (text: string) => createHash('sm3').update(text).digest('hex')
  expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  expect(sm3('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
})
