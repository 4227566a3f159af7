import sql from 'sql-template-tag'
import { rows, type Tx } from '../../platform/database/index.ts'

export interface Supplied {
  readonly platformId: string
  readonly providerOrganisationId: string
}

/** The platforms that somebody supplies under contract, each with its provider. */
export const suppliedPlatforms = (tx: Tx): Promise<Supplied[]> =>
  rows(
    tx,
    sql`select id as platform_id, provider_organisation_id from platforms
        where provider_organisation_id is not null order by id`,
  )

export const platformNames = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from platforms where id = any(${[...ids]}::uuid[])`)
