export { loadKeyRing } from './key-file.ts'
export { createSecrets, type KeyRing, type Secrets } from './seal.ts'
