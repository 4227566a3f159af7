export { createPasswords, type PasswordCost, type Passwords } from './password.ts'
export { demonstrationPolicy, standardPolicy } from './policy.ts'
export { routeIdentity } from './routes.ts'
export { createIdentityService, type IdentityService } from './service.ts'
