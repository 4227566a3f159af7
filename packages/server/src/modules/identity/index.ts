export { routeIdentity } from './routes.ts'
export { createIdentityService, type IdentityService } from './service.ts'
