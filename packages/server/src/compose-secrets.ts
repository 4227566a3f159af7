import type { Logger } from 'pino'
import type { Config } from './config/index.ts'
import type { Clock } from './kernel/clock.ts'
import type { NewId } from './kernel/identifier.ts'
import { sealedSigningKeys } from './modules/audit/index.ts'
import { sealedProviderSecrets, sealedTotpSecrets } from './modules/identity/index.ts'
import { isInstalled } from './modules/installation/index.ts'
import { sealedCredentials } from './modules/nodes/index.ts'
import { sealedWebhookSecrets } from './modules/notices/index.ts'
import type { Database } from './platform/database/index.ts'
import type { Reconciler } from './platform/reconcilers/index.ts'
import {
  createKeychain,
  createMac,
  createResealReconciler,
  createSecrets,
  type Mac,
  openKeyEncryption,
  type SealedColumn,
  type Secrets,
} from './platform/secrets/index.ts'
import type { Signals } from './platform/signals/listener.ts'

/** Everywhere that sealed values lie: a column that is not here is not sealed anew when keys are turned over. */
export const sealedColumns: readonly SealedColumn[] = [
  sealedCredentials,
  sealedWebhookSecrets,
  sealedTotpSecrets,
  sealedProviderSecrets,
  sealedSigningKeys,
]

interface SecretGround {
  readonly config: Config
  readonly database: Database
  readonly signals: Signals
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
}

/** Before the installation is entered into the database: a new one is sealed with data keys from its first secret on. */
export const openSecrets = async (
  { config, database, signals, clock, newId, log }: SecretGround,
  stack: AsyncDisposableStack,
): Promise<{ readonly secrets: Secrets; readonly mac: Mac; readonly reseal: Reconciler }> => {
  const encryption = await openKeyEncryption(config.keys)
  const { suite } = config.keys
  const { keyReportMs: reportMs } = config
  const isNewInstallation = !(await isInstalled(database))
  const given = { id: newId(), database, clock, encryption, suite, signals, log, everyMs: reportMs, isNewInstallation }
  const keychain = stack.use(await createKeychain(given))
  return {
    secrets: createSecrets(keychain.ring),
    mac: createMac(keychain.signingRing, 'audit'),
    reseal: createResealReconciler({ database, keychain, columns: sealedColumns, log, reportMs }),
  }
}
