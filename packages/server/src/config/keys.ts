import { type KeyRing, type KeySettings, parseKeyRing, type SuiteName, suiteNames } from '../platform/secrets/index.ts'
import { ConfigError, type Environment, path } from './environment.ts'

const ringOf = (text: string): KeyRing | null => {
  if (text === '') return null
  try {
    return parseKeyRing(text)
  } catch (error) {
    // What it holds is not repeated; the reader's own words name no key.
    const why = error instanceof SyntaxError ? 'no JSON' : String(error)
    throw new ConfigError(`YIDUO_KEYS must hold what a key file holds, {"current":"k1","keys":{"k1":"…"}}: ${why}`)
  }
}

const suiteOf = (text: string): SuiteName => {
  const suite = suiteNames.find((it) => it === text)
  if (!suite) throw new ConfigError(`YIDUO_CRYPTO_SUITE must be ${suiteNames.join(' or ')}, not “${text}”`)
  return suite
}

/** Where the key-encryption key is: a file unless the environment holds it, or a key service does. */
export const keysOf = (environment: Environment, dataFolder: string): KeySettings => {
  const [program, ...rest] = (environment.YIDUO_KEY_SERVICE ?? '').trim().split(/\s+/)
  return {
    keyFile: path(environment.YIDUO_KEY_FILE || `${dataFolder}/keys.json`),
    keyRing: ringOf(environment.YIDUO_KEYS ?? ''),
    keyService: program ? [program, ...rest] : null,
    suite: suiteOf(environment.YIDUO_CRYPTO_SUITE || 'sm'),
  }
}
