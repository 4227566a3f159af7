import { toId } from '@yiduo/contract'
import type { PlacementAsk } from '@yiduo/engines'
import { type Act, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type PricedLine, priceAll } from './price.ts'
import { nextRound } from './round.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

/** The ask that a stored line was made of. */
export const askOf = (line: store.LineRow): PricedLine['ask'] => ({
  planId: toId('plan', present(line.planId, 'plan')),
  name: line.name,
  quantity: line.quantity,
  ...(line.imageName === null ? {} : { imageName: line.imageName }),
  dataVolumeGib: line.dataVolumeGib,
  publicAddress: line.publicAddress,
})

const needsOf = (line: PricedLine): string[] => [
  'servers',
  'networks',
  ...(line.dataVolumeGib > 0 ? ['volumes'] : []),
  ...(line.publicAddress ? ['addresses'] : []),
]

/** For whom a request's lines are placed: the same for all of them. */
export const ownerOf = async (
  deps: RequestDeps,
  tx: Tx,
  whole: Act,
  row: Pick<store.RequestRow, 'systemId' | 'organisationId'>,
) => {
  const act = { ...whole, scope: everything }
  return {
    system: present(await deps.systems.reach(tx, act, row.systemId), 'system'),
    organisation: present(await deps.organisations.reach(tx, act, row.organisationId), 'organisation'),
  }
}

interface Owner {
  readonly system: { readonly securityGrade: number }
  readonly organisation: { readonly divisionCode: string }
}

/** What placement is asked for so many servers of a line. */
export const placementAskOf = (
  { system, organisation }: Owner,
  priced: PricedLine,
  preferredPlatformId: string | null,
  quantity: number,
): PlacementAsk => ({
  architecture: priced.offering.architecture,
  vcpus: priced.plan.vcpus,
  memoryMib: priced.plan.memoryMib,
  quantity,
  systemGrade: system.securityGrade,
  needs: needsOf(priced),
  imageName: priced.imageName,
  preferredPlatformId,
  divisionCode: organisation.divisionCode,
})

const placeLine = (
  deps: RequestDeps,
  tx: Tx,
  owner: Owner,
  { line, priced, names }: Wanted & { priced: PricedLine },
  exhausted: ReadonlySet<string>,
) =>
  deps.placement.choose(tx, placementAskOf(owner, priced, line.preferredPlatformId, names.length), line.id, exhausted)

const unitName = (line: store.LineRow, index: number): string =>
  line.quantity === 1 ? line.name : `${line.name}-${index}`

/** Names of the line's servers that do not stand yet: all of them the first time, later as many as are missing. */
const missingNames = (line: store.LineRow, standing: readonly string[]): string[] =>
  Array.from({ length: line.quantity + standing.length }, (_, index) => unitName(line, index + 1))
    .filter((name, index, all) => !standing.includes(name) && all.indexOf(name) === index)
    .slice(0, Math.max(line.quantity - standing.length, 0))

/** A line that is still wanted, with the names of its servers that do not stand. */
interface Wanted {
  readonly line: store.LineRow
  readonly names: readonly string[]
}

type PricedLineOf = Wanted & { readonly priced: PricedLine }
type Chosen = Pick<Exclude<Awaited<ReturnType<typeof placeLine>>, Refusal>, 'poolId' | 'platformId'>

/** Takes what servers of a line need of the pool that was chosen, and starts one operation each. */
const orderOf = (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  { line, names, priced, systemName }: PricedLineOf & { readonly systemName: string },
  { poolId, platformId }: Chosen,
) =>
  deps.resources.orderUnits(tx, {
    organisationId: row.organisationId,
    systemId: row.systemId,
    systemName,
    requestId: row.id,
    lineId: line.id,
    planId: priced.plan.id,
    poolId,
    platformId,
    metering: priced.offering.metering,
    names,
    vcpus: priced.plan.vcpus,
    memoryMib: priced.plan.memoryMib,
    diskGib: priced.plan.systemDiskGib,
    imageName: priced.imageName,
    dataVolumeGib: priced.dataVolumeGib,
    publicAddress: priced.publicAddress,
    expiresAt: row.expiresAt,
  })

/**
 * Places servers of a line and begins their work. Many approvals at once see the same room and choose the same pool:
 * who finds it taken by then is placed again without it, until there is no pool left to choose.
 */
export const orderServers = async (deps: RequestDeps, tx: Tx, row: store.RequestRow, it: PricedLineOf) => {
  const owner = await ownerOf(deps, tx, present(tx.act, 'act'), row)
  const exhausted = new Set<string>()
  for (;;) {
    const chosen = await placeLine(deps, tx, owner, it, exhausted)
    if (isRefusal(chosen)) return chosen
    const operationIds = await orderOf(deps, tx, row, { ...it, systemName: owner.system.name }, chosen)
    if (!isRefusal(operationIds)) return { chosen, operationIds }
    if (operationIds.refused.code !== 'capacity-exhausted') return operationIds
    exhausted.add(chosen.poolId)
  }
}

const deliverLine = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: PricedLineOf & { readonly round: number },
): Promise<Refusal | null> => {
  const { line, priced, round } = it
  const ordered = await orderServers(deps, tx, row, it)
  if (isRefusal(ordered)) return ordered
  const { chosen, operationIds } = ordered
  await store.savePlacement(tx, line.id, chosen.platformId, chosen.placement, priced.monthlyPriceYuanE4)
  await store.insertDeliveries(tx, operationIds, { requestId: row.id, lineId: line.id, round })
  return null
}

/** Begins to give back everything the request holds; answers how many operations that takes. */
export const giveBack = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<number> => {
  const system = await deps.systems.reach(tx, { ...present(tx.act, 'act'), scope: everything }, row.systemId)
  const round = await nextRound(tx, row.id)
  const started = await deps.resources.startReclaim(tx, row.id, present(system, 'system').name)
  for (const { operationId, lineId } of started)
    await store.insertDeliveries(tx, [operationId], { requestId: row.id, lineId: present(lineId, 'line'), round })
  return started.length
}

/** What is still wanted of a request. */
export const undelivered = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  lines?: readonly store.LineRow[],
): Promise<readonly Wanted[]> => {
  const standing = Map.groupBy(await deps.resources.standingServers(tx, row.id), (it) => it.lineId)
  return (lines ?? (await store.linesOf(tx, [row.id])))
    .filter((line) => line.outcome === null)
    .map((line) => ({
      line,
      names: missingNames(
        line,
        (standing.get(line.id) ?? []).map((it) => it.name),
      ),
    }))
    .filter(({ names }) => names.length > 0)
}

export const missingOf = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  line: store.LineRow,
): Promise<number> => (await undelivered(deps, tx, row)).find((it) => it.line.id === line.id)?.names.length ?? 0

const namesOf = async (tx: Tx, requestId: string): Promise<string> =>
  (await store.linesOf(tx, [requestId])).map((line) => line.name).join(', ')

/** Starts what an approved request asks for, where it does not stand already: the first time, or again after a failure. */
export const deliver = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  only?: ReadonlySet<string>,
): Promise<Refusal | null> => {
  const round = await nextRound(tx, row.id)
  const wanted = (await undelivered(deps, tx, row)).filter(({ line }) => only?.has(line.id) ?? true)
  if (wanted.length === 0) return refuse('line-stands', { line: await namesOf(tx, row.id) })
  const priced = await priceAll(
    deps,
    tx,
    wanted.map((it) => askOf(it.line)),
  )
  if (isRefusal(priced)) return priced
  const lines = wanted.map((it, index) => ({ ...it, round, priced: present(priced[index], 'price') }))
  const added = lines.reduce(
    (sum, it) => sum + (it.priced.monthlyPriceYuanE4 / it.priced.quantity) * it.names.length,
    0,
  )
  // Before any quota is taken: everybody locks the one before the other.
  const excess = await deps.budgets.wouldExceed(tx, row.organisationId, row.systemId, added)
  if (excess?.hard) return excess.refusal
  for (const it of lines) {
    const refusal = await deliverLine(deps, tx, row, it)
    if (refusal) return refusal
  }
  return null
}

/** What the lines cost now that they are placed; the request says the same from its approval on. */
export const priceOfLines = async (tx: Tx, requestId: string): Promise<number> =>
  (await store.linesOf(tx, [requestId])).reduce(
    (sum, line) => sum + (line.outcome === null ? line.monthlyPriceYuanE4 : 0),
    0,
  )
