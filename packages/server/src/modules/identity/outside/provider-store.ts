import type { IdentityProvider, IdentityProviderRules, IdentityProviderSettings } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx } from '../../../platform/database/index.ts'

export interface ProviderRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly settings: IdentityProviderSettings
  readonly claims: IdentityProvider['claims']
  /** Sealed. */
  readonly secret: string | null
  readonly rules: IdentityProviderRules
  readonly enabled: boolean
  readonly revision: number
  readonly createdAt: Date
}

const columns = sql`id, code, name, settings, claims, secret, rules, enabled, revision, created_at`

export const insertProvider = (tx: Tx, it: ProviderRow): Promise<number> =>
  run(
    tx,
    sql`insert into identity_providers (${columns})
        values (${it.id}, ${it.code}, ${it.name}, ${JSON.stringify(it.settings)}, ${JSON.stringify(it.claims)},
                ${it.secret}, ${JSON.stringify(it.rules)}, ${it.enabled}, ${it.revision}, ${it.createdAt})`,
  )

export const listProviders = (tx: Tx): Promise<ProviderRow[]> =>
  rows(tx, sql`select ${columns} from identity_providers order by code`)

export const providerById = (tx: Tx, id: string): Promise<ProviderRow | null> =>
  maybeRow(tx, sql`select ${columns} from identity_providers where id = ${id}`)

export const providerByCode = (tx: Tx, code: string): Promise<ProviderRow | null> =>
  maybeRow(tx, sql`select ${columns} from identity_providers where code = ${code}`)

export const enabledOfKind = (tx: Tx, kind: IdentityProviderSettings['kind']): Promise<ProviderRow[]> =>
  rows(tx, sql`select ${columns} from identity_providers where enabled and settings ->> 'kind' = ${kind} order by code`)

/** Nobody else edits it until this transaction has ended, and nobody signs on meanwhile. */
export const lockProvider = (tx: Tx, id: string): Promise<ProviderRow | null> =>
  maybeRow(tx, sql`select ${columns} from identity_providers where id = ${id} for update`)

/** As it was when it was asked: nobody switches it off while somebody is let in. */
export const holdProvider = (tx: Tx, id: string): Promise<ProviderRow | null> =>
  maybeRow(tx, sql`select ${columns} from identity_providers where id = ${id} for share`)

export const updateProvider = (
  tx: Tx,
  it: Pick<ProviderRow, 'id' | 'name' | 'settings' | 'claims' | 'secret' | 'rules' | 'enabled'>,
): Promise<ProviderRow> =>
  oneRow(
    tx,
    sql`update identity_providers set name = ${it.name}, settings = ${JSON.stringify(it.settings)},
          claims = ${JSON.stringify(it.claims)}, secret = ${it.secret}, rules = ${JSON.stringify(it.rules)},
          enabled = ${it.enabled}, revision = revision + 1
        where id = ${it.id} returning ${columns}`,
  )

/** With its links, its log-ins under way, its sessions and the grants that follow its claims. */
export const deleteProvider = (tx: Tx, id: string): Promise<number> =>
  run(tx, sql`delete from identity_providers where id = ${id}`)

export const deleteSessionsFrom = (tx: Tx, providerId: string): Promise<number> =>
  run(tx, sql`delete from sessions where provider_id = ${providerId}`)
