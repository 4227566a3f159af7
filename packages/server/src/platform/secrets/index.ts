export { loadKeyRing, readKeyRing } from './key-file.ts'
export { createSecrets, keyMarksOf, type Secrets } from './seal.ts'
