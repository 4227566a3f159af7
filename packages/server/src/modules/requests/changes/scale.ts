import { type BodyOf, type lineScale, toId } from '@yiduo/contract'
import { everything } from '../../../kernel/act.ts'
import { present } from '../../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { ResourceRow } from '../../resources/index.ts'
import { askOf, orderServers } from '../deliver.ts'
import { type PricedLine, priceLine, priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import * as store from '../store.ts'
import { systemNameOf } from '../system-name.ts'
import { type AskOf, askOfLine } from './ask.ts'
import { type Change, inUse, type Subjects } from './change.ts'

const lineOf = async (tx: Tx, requestId: string, lineId: string): Promise<store.LineRow> =>
  present(
    (await store.linesOf(tx, [requestId])).find((it) => it.id === lineId),
    'line',
  )

const wrongState = ({ state }: store.RequestRow): Refusal | null =>
  state === 'testing' || state === 'formal' ? null : refuse('step-not-allowed', { event: 'scale', state })

/** Two that say how many there should be would undo each other. */
const otherAsk = async (tx: Tx, aboutId: string, own: string | null): Promise<Refusal | null> => {
  const other = await store.openAbout(tx, aboutId, own)
  return other && refuse('resource-busy', { by: toId('request', other.id) })
}

const isStanding = ({ kind, state }: ResourceRow): boolean => kind === 'server' && inUse.includes(state)

/** What has to be done for so many servers to stand: some more, or some away with what hangs on them. */
interface Difference {
  readonly more: number
  /** The newest, and what an earlier try has left half gone. */
  readonly leaving: readonly ResourceRow[]
}

const differenceTo = ({ resources }: Pick<Subjects, 'resources'>, quantity: number): Difference => {
  const standing = resources.filter(isStanding) // in the order they were planned
  const away = new Set(standing.slice(quantity).map((it) => it.id))
  for (const it of resources) if (it.kind === 'server' && it.state === 'reclaiming') away.add(it.id)
  const leaving = resources.filter((it) => away.has(it.id) || (it.serverId !== null && away.has(it.serverId)))
  return { more: Math.max(0, quantity - standing.length), leaving }
}

/** Each is called after the line and the first number that is free. */
const namesFor = (line: store.LineRow, resources: readonly ResourceRow[], more: number): string[] => {
  const taken = new Set(resources.map((it) => it.name))
  const names: string[] = []
  for (let number = 1; names.length < more; number++)
    if (!taken.has(`${line.name}-${number}`)) names.push(`${line.name}-${number}`)
  return names
}

/** One more server of the line, as the catalogue has it now. */
const pricedUnit = (deps: RequestDeps, tx: Tx, line: store.LineRow): Promise<PricedLine | Refusal> =>
  priceLine(deps, tx, { ...askOf(line), quantity: 1 })

/** Something is stored on what goes: whoever asks types the name of the line, and a person approves. */
const losesData = (leaving: readonly ResourceRow[]): boolean => leaving.some((it) => it.kind === 'volume')

const priceAfterOf = async (
  deps: RequestDeps,
  tx: Tx,
  { resources }: Subjects,
  { leaving, more }: Difference,
  unit: PricedLine,
) => {
  const gone = new Set(leaving.map((it) => it.id))
  const rest = await priceOfHeld(
    deps,
    tx,
    resources.filter((it) => !gone.has(it.id)),
  )
  return isRefusal(rest) ? rest : rest + more * unit.monthlyPriceYuanE4
}

/**
 * More or fewer of equal servers, in one call. More are placed, taken and made as the first ones were; of fewer the
 * newest go, for good. How many there are then is what stands, so a try that fails in part is tried again for the rest.
 */
export const scale: Change<AskOf<'scale'>, BodyOf<typeof lineScale>> = {
  kind: 'scale',
  about: 'line',
  states: [...inUse, 'reclaiming'],

  async plan(deps, tx, _act, on, { quantity, confirmation }) {
    const { about, resources } = on
    const wrong = wrongState(about) ?? (await otherAsk(tx, about.id, null))
    if (wrong) return wrong
    const line = await lineOf(tx, about.id, present(resources[0].lineId, 'line'))
    const difference = differenceTo(on, quantity)
    const { more, leaving } = difference
    if (more === 0 && leaving.length === 0) return refuse('nothing-to-change')
    if (losesData(leaving) && confirmation !== line.name) return refuse('confirmation-wrong', { name: line.name })
    const unit = await pricedUnit(deps, tx, line)
    if (isRefusal(unit)) return unit
    const priceAfter = await priceAfterOf(deps, tx, on, difference, unit)
    if (isRefusal(priceAfter)) return priceAfter
    const vcpus = more * unit.plan.vcpus
    const isSmall = vcpus <= unit.offering.approvedByRuleUpToVcpus && !losesData(leaving)
    const byRule = isSmall && (await deps.quota.isBounded(tx, about.organisationId))
    const ask = { kind: 'scale', lineId: line.id, quantity } as const
    return { ask, priceAfter, byRule, losses: leaving, offeringId: unit.offering.id, vcpus }
  },

  async start(deps, tx, on) {
    const { about, resources, ask } = on
    const wrong = wrongState(about) ?? (await otherAsk(tx, about.id, on.row.id))
    if (wrong) return wrong
    const line = await lineOf(tx, about.id, ask.lineId)
    const difference = differenceTo(on, ask.quantity)
    const { more, leaving } = difference
    const unit = await pricedUnit(deps, tx, line)
    if (isRefusal(unit)) return unit
    const priceAfter = await priceAfterOf(deps, tx, on, difference, unit)
    if (isRefusal(priceAfter)) return priceAfter
    const gone =
      leaving.length === 0
        ? []
        : await deps.resources.reclaimUnits(tx, leaving, await systemNameOf(deps, tx, about.systemId))
    const operationIds = gone.map((it) => it.operationId)
    if (more === 0) return { operationIds, priceAfter }
    const added = more * unit.monthlyPriceYuanE4
    const excess = await deps.budgets.wouldExceed(tx, about.organisationId, about.systemId, added)
    if (excess?.hard) return excess.refusal
    const beside = { ...line, preferredPlatformId: line.platformId ?? line.preferredPlatformId }
    const names = namesFor(line, resources, more)
    const ordered = await orderServers(deps, tx, about, { line: beside, names, priced: { ...unit, quantity: more } })
    return isRefusal(ordered) ? ordered : { operationIds: [...operationIds, ...ordered.operationIds], priceAfter }
  },

  /** What came is used as the others are; how many there are is counted, whether all went well or not. */
  async ended(deps, tx, row) {
    const [own] = await store.linesOf(tx, [row.id])
    const ask = own && askOfLine(own)
    const about = await store.lockRequest(tx, everything, present(row.aboutRequestId, 'what it is about'))
    if (ask?.kind !== 'scale' || !about) throw new Error('invariant: a change of a line knows its line')
    if (about.state === 'formal') await deps.resources.makeFormal(tx, about.id, deps.clock.now())
    const line = await lineOf(tx, about.id, ask.lineId)
    const standing = (await deps.resources.lockLine(tx, about.id, line.id)).filter(isStanding).length
    await store.setQuantity(tx, line.id, standing, Math.round((line.monthlyPriceYuanE4 / line.quantity) * standing))
  },
}
