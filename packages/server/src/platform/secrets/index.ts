export { loadKeyRing, readKeyRing } from './key-file.ts'
export { createMac, type Mac } from './mac.ts'
export { createSecrets, type KeyRing, keyMarksOf, type Secrets } from './seal.ts'
