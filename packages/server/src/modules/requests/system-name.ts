import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { RequestDeps } from './service.ts'

/** What a cloud's project is called by: the name of its business system, whoever asks. */
export const systemNameOf = async ({ systems }: RequestDeps, tx: Tx, systemId: string): Promise<string> =>
  present(await systems.reach(tx, { ...present(tx.act, 'act'), scope: everything }, systemId), 'system').name
