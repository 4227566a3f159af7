import type { RateLimit, RateLimitSettings } from '../platform/http/index.ts'
import { ConfigError, type Environment } from './environment.ts'

/** `600/10`: so many in so many seconds. `0` lifts the limit. */
const rate = (environment: Environment, name: string, preset: RateLimit): RateLimit | null => {
  const text = environment[name]
  if (text === undefined || text === '') return preset
  if (text === '0') return null
  const [, count = '', seconds = ''] = /^(\d{1,7})\/(\d{1,4})$/.exec(text) ?? []
  if (Number(count) < 1 || Number(seconds) < 1)
    throw new ConfigError(`${name} must be like 600/10 (so many in so many seconds) or 0, not “${text}”`)
  return { count: Number(count), seconds: Number(seconds) }
}

/** Presets leave room for a whole bureau behind one address; people and programs of good will never meet them. */
export const rateLimitsOf = (environment: Environment): RateLimitSettings => ({
  address: rate(environment, 'YIDUO_RATE_ADDRESS', { count: 3_000, seconds: 10 }),
  account: rate(environment, 'YIDUO_RATE_ACCOUNT', { count: 1_000, seconds: 10 }),
  token: rate(environment, 'YIDUO_RATE_TOKEN', { count: 600, seconds: 10 }),
  logInAddress: rate(environment, 'YIDUO_RATE_LOG_IN_ADDRESS', { count: 120, seconds: 60 }),
  logInName: rate(environment, 'YIDUO_RATE_LOG_IN_NAME', { count: 10, seconds: 60 }),
})
