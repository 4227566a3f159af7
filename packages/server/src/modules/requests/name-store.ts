import sql from 'sql-template-tag'
import { maybeRow, type Tx } from '../../platform/database/index.ts'
import type { ResourceRow } from '../resources/index.ts'

/**
 * A rename that is under way gives the name to another of its kind. Of volumes those of one request are looked at:
 * whoever changes one of them holds its request.
 */
export const isNameComing = async (
  tx: Tx,
  { id, kind, systemId, requestId }: ResourceRow,
  name: string,
): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select r.id from service_requests r join request_lines l on l.request_id = r.id
        where r.system_id = ${systemId} and r.kind = 'change' and r.state = 'delivering'
          and (${kind} = 'server' or r.about_request_id = ${requestId})
          and l.change ->> 'kind' = ${`rename-${kind}`} and l.change ->> 'name' = ${name} and l.resource_id <> ${id}
        limit 1`,
  )) !== null
