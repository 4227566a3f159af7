import { done, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'

/**
 * Nova's keypairs belong to a user, and ours is one for all projects, with a quota of 100. But a server keeps a copy of
 * its keypair from the moment it is accepted. So a keypair stands under the server's mark for that call only; the mark
 * is also the fence, for Nova takes a name once from a user.
 */
export async function lendKey(
  cloud: Cloud,
  project: ProjectRef,
  mark: string,
  publicKey: string,
): Promise<Outcome<null>> {
  const body = { keypair: { name: mark, public_key: publicKey } }
  const lent = await cloud.act({ service: 'compute', method: 'POST', path: '/os-keypairs', body, project })
  const isThere = 'code' in lent && lent.code === 'cloud-conflict' && lent.outcome === 'permanent'
  return isThere ? done(null) : lent
}

/** One that stays behind goes with the server. */
export const takeKeyBack = (cloud: Cloud, project: ProjectRef, mark: string): Promise<Outcome<null>> =>
  cloud.act({ service: 'compute', method: 'DELETE', path: `/os-keypairs/${encodeURIComponent(mark)}`, project })
