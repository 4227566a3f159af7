import { present } from '../../../kernel/invariant.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { Desired } from '../../resources/index.ts'
import type { RequestDeps } from '../service.ts'
import { systemNameOf } from '../system-name.ts'
import type { ChangeAsk } from './ask.ts'
import type { Approved, Begun } from './change.ts'

/** From one promised size to another, for one resource. */
export const startSizing = async (
  deps: RequestDeps,
  tx: Tx,
  { row, line, resources: [resource] }: Approved<ChangeAsk>,
  it: { readonly to: Desired; readonly planId: string | null; readonly priceAfter: number },
): Promise<Begun | Refusal> => {
  const operationId = deps.newId()
  const refusal = await deps.resources.startChange(tx, {
    requestId: row.id,
    resourceId: resource.id,
    operationId,
    from: present(line.changesFrom, 'what it was'),
    to: it.to,
    planId: it.planId,
    systemName: await systemNameOf(deps, tx, resource.systemId),
  })
  return refusal ?? { operationIds: [operationId], priceAfter: it.priceAfter }
}
