import { sm2 } from 'sm-crypto-v2'

/** Hexadecimal, as GB/T 32918 writes them: a number, and a point uncompressed (`04`, x, y). */
export interface Sm2Pair {
  readonly privateKey: string
  readonly publicKey: string
}

/** GB/T 32918.2 over SM3, with the signer's id that GM/T 0009 presets: any tool of the standard verifies it. */
const options = { hash: true } as const

export const createSm2Pair = (): Sm2Pair => {
  const { privateKey, publicKey } = sm2.generateKeyPairHex()
  return { privateKey, publicKey }
}

/** r and s, each of 32 bytes, hexadecimal. */
export const signSm2 = (text: string, { privateKey, publicKey }: Sm2Pair): string =>
  sm2.doSignature(text, privateKey, { ...options, publicKey })

export const isSm2Signed = (text: string, signature: string, publicKey: string): boolean => {
  try {
    return sm2.doVerifySignature(text, signature, publicKey, options)
  } catch {
    return false // not even of a signature's or a key's shape
  }
}
