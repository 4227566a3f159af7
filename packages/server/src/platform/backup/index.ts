export { takeBackup } from './backup.ts'
export { BackupError, readManifest } from './manifest.ts'
export { restoreBackup } from './restore.ts'
