import { sm2 } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { createSm2Pair, isSm2Signed, signSm2 } from './sm2.ts'

// GM/T 0003.5-2012, annex A: the recommended curve, ID 1234567812345678.
const pair = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
}
const signature =
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'
const nonce = {
  k: BigInt('0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21'),
  x1: BigInt('0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73'),
}

test('the signature of the standard’s example holds, and is the one that this library makes of its number', () => {
  expect(isSm2Signed('message digest', signature, pair.publicKey)).toBe(true)
  const options = { hash: true, publicKey: pair.publicKey, pointPool: [nonce] }
  expect(sm2.doSignature('message digest', pair.privateKey, options)).toBe(signature)
})

test('what was signed by one pair holds for its text and its key alone', () => {
  const [own, other] = [createSm2Pair(), createSm2Pair()]
  const signed = signSm2('一段文字', own)
  expect(signed).toMatch(/^[0-9a-f]{128}$/)
  expect(isSm2Signed('一段文字', signed, own.publicKey)).toBe(true)
  expect(isSm2Signed('一段文宇', signed, own.publicKey)).toBe(false)
  expect(isSm2Signed('一段文字', signed, other.publicKey)).toBe(false)
  for (const broken of ['', 'xyz', signed.slice(2), `00${signed.slice(2)}`])
    expect(isSm2Signed('一段文字', broken, own.publicKey), broken).toBe(false)
  expect(isSm2Signed('一段文字', signed, '04')).toBe(false)
})
