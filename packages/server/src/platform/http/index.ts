export { authorise, emergencyFor, reachesSomething, type Sight, scopeOf, sightOf } from './authority.ts'
export { type Bind, createBind } from './bind.ts'
export {
  type CertificateSettings,
  createCertificateReader,
  type ForwardedCertificate,
} from './forwarded-certificate.ts'
export { routePages } from './pages.ts'
export { createRateLimits, type RateLimit, type RateLimitSettings, type RateLimits } from './rate-limits.ts'
export { consolePath, createHttpServer } from './server.ts'
export { isFromElsewhere, keepSessionsInCookies, tokenOf } from './session-cookie.ts'
export type { Upload } from './upload.ts'
