export { loadKeyRing } from './key-file.ts'
export { createSecrets, type Secrets } from './seal.ts'
