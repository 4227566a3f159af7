import { type Collection, toId } from '@yiduo/contract'
import { present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { CollectionDeps } from './service.ts'
import type { CollectionRow } from './store.ts'

export const viewAll = async (
  { members, approvals, organisations }: Pick<CollectionDeps, 'members' | 'approvals' | 'organisations'>,
  tx: Tx,
  found: readonly CollectionRow[],
): Promise<Collection[]> => {
  const ids = found.map((row) => row.id)
  const inside = await members.of(tx, ids)
  const concerned = found.flatMap((row) => [row.bureauOrganisationId, row.operatorOrganisationId])
  const names = await organisations.names(tx, [...new Set(concerned)])
  const stages = await approvals.stagesOf(tx, ids)
  return found.map((row) => {
    const held = inside.get(row.id) ?? []
    return {
      id: toId('collection', row.id),
      name: row.name,
      bureauOrganisationId: toId('organisation', row.bureauOrganisationId),
      bureauOrganisationName: names.get(row.bureauOrganisationId) ?? '',
      operatorOrganisationId: toId('organisation', row.operatorOrganisationId),
      operatorOrganisationName: names.get(row.operatorOrganisationId) ?? '',
      state: row.state,
      members: held,
      monthlyPriceYuanE4: held.reduce((sum, it) => sum + it.monthlyPriceYuanE4, 0),
      stages: stages.get(row.id) ?? [],
      dueAt: (stages.get(row.id) ?? []).find((stage) => stage.state === 'open')?.dueAt ?? null,
      revision: row.revision,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }
  })
}

export const viewOne = async (
  deps: Pick<CollectionDeps, 'members' | 'approvals' | 'organisations'>,
  tx: Tx,
  row: CollectionRow,
): Promise<Collection> => present((await viewAll(deps, tx, [row]))[0], 'view')
