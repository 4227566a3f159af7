import { type BodyOf, fromId, type requestTransfer, toId } from '@yiduo/contract'
import { everything } from '../../../kernel/act.ts'
import { present } from '../../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import * as store from '../store.ts'
import type { AskOf, Receiver } from './ask.ts'
import type { Change, Subjects } from './change.ts'

const systemOf = (deps: RequestDeps, tx: Tx, uuid: string) =>
  deps.systems.reach(tx, { ...present(tx.act, 'act'), scope: everything }, uuid)

type System = NonNullable<Awaited<ReturnType<typeof systemOf>>>

/** Any system can be named, by the id that its owners give: they and the operator decide whether it gets anything. */
const receiverOf = async (deps: RequestDeps, tx: Tx, system: System): Promise<Receiver | Refusal> => {
  const ended = await deps.organisations.ended(tx, system.organisationId)
  if (ended) return ended
  const names = await deps.organisations.names(tx, [system.organisationId])
  return {
    systemId: system.id,
    systemName: system.name,
    organisationId: system.organisationId,
    organisationName: names.get(system.organisationId) ?? '',
  }
}

/** What keeps the resources from being the other system's: theirs must be guarded as well as before, and lie where it may lie. */
const unfit = async (
  deps: RequestDeps,
  tx: Tx,
  { about, resources }: Subjects,
  to: System,
  own: string | null,
): Promise<Refusal | null> => {
  if (to.id === about.systemId) return refuse('nothing-to-change')
  // What the giver still asks of it would be done to the receiver's.
  const asked = await store.openAbout(tx, about.id, own)
  if (asked) return refuse('resource-busy', { by: toId('request', asked.id) })
  const other = (await deps.resources.lockAllOf(tx, about.id)).find((it) => it.state !== 'formal')
  if (other) return refuse('resource-not-changeable', { state: other.state })
  const from = present(await systemOf(deps, tx, about.systemId), 'system')
  if (to.securityGrade < from.securityGrade)
    return refuse('transfer-to-lower-grade', { system: to.name, grade: to.securityGrade, from: from.securityGrade })
  const platformIds = resources.map((it) => it.platformId)
  const low = await deps.placement.tooLow(tx, platformIds, to.securityGrade)
  if (!low) return null
  const { name: platform, securityGrade: upTo } = low
  return refuse('platform-grade-too-low', { platform, upTo, system: to.name, grade: to.securityGrade })
}

/** What others may hold and spend is theirs: whoever does not reach them hears only that there is no room. */
const withoutNumbers = async (deps: RequestDeps, tx: Tx, receiver: Receiver, refusal: Refusal): Promise<Refusal> => {
  const isReached = await deps.organisations.reach(tx, present(tx.act, 'act'), receiver.organisationId)
  return isReached ? refusal : refuse('receiver-without-room', { organisation: receiver.organisationName })
}

/** Told to both: whose it was, and whose it is. */
const recordTransfer = async (deps: RequestDeps, tx: Tx, about: store.RequestRow, to: store.RequestRow) => {
  const view = ({ organisationId, systemId }: store.RequestRow) => ({
    organisationId: toId('organisation', organisationId),
    systemId: toId('system', systemId),
  })
  const receiverOrganisationId = view(to).organisationId
  const change = { as: 'request.transfer', on: toId('request', about.id), before: view(about) } as const
  await deps.record(tx, {
    ...change,
    organisationId: to.organisationId,
    after: { ...view(to), receiverOrganisationId },
  })
  if (about.organisationId !== to.organisationId)
    await deps.record(tx, { ...change, as: 'request.give-away', organisationId: about.organisationId, after: view(to) })
}

/**
 * All that a request delivered goes to another system, of the same department or another. Charged to it from the
 * instant of the approval; on the cloud nothing moves. Within one department and one grade a rule lets it pass.
 */
export const transfer: Change<AskOf<'transfer'>, BodyOf<typeof requestTransfer>> = {
  kind: 'transfer',
  about: 'request',
  states: ['formal'],

  async plan(deps, tx, _act, on, body) {
    const uuid = fromId('system', body.systemId)
    const system = uuid && (await systemOf(deps, tx, uuid))
    if (!system) return refuse('not-found')
    const receiver = (await unfit(deps, tx, on, system, null)) ?? (await receiverOf(deps, tx, system))
    if (isRefusal(receiver)) return receiver
    const priceAfter = await priceOfHeld(deps, tx, on.resources)
    if (isRefusal(priceAfter)) return priceAfter
    const from = present(await systemOf(deps, tx, on.about.systemId), 'system')
    const isAlike =
      from.organisationId === system.organisationId &&
      from.securityGrade === system.securityGrade &&
      from.zone === system.zone
    const byRule = isAlike && (await deps.quota.isBounded(tx, system.organisationId))
    return { ask: { kind: 'transfer', ...receiver }, priceAfter, byRule, receiver }
  },

  async start(deps, tx, on) {
    const { about, resources, ask } = on
    // Either system may have been graded anew, and its owner abolished, since it was asked for.
    const system = present(await systemOf(deps, tx, ask.systemId), 'system')
    const receiver = (await unfit(deps, tx, on, system, on.row.id)) ?? (await receiverOf(deps, tx, system))
    if (isRefusal(receiver)) return receiver
    const priceAfter = await priceOfHeld(deps, tx, resources)
    if (isRefusal(priceAfter)) return priceAfter
    const { organisationId, systemId } = receiver
    const operatorOrganisationId = await deps.organisations.operatorOf(tx, organisationId)
    if (!operatorOrganisationId) return refuse('operator-missing', { organisation: receiver.organisationName })
    const isAnothers = organisationId !== about.organisationId
    const excess = await deps.budgets.wouldExceed(tx, organisationId, systemId, priceAfter, !isAnothers)
    const refusal = excess?.hard ? excess.refusal : await deps.resources.transfer(tx, resources, receiver)
    if (refusal) return withoutNumbers(deps, tx, receiver, refusal)
    const bureauOrganisationId = await deps.organisations.bureauOf(tx, organisationId)
    const owner = { organisationId, systemId, operatorOrganisationId, bureauOrganisationId }
    // Who sent it once is told no more of it, where it is another department's.
    const sentBy = isAnothers ? null : about.sentBy
    const given = { ...about, ...owner, sentBy, updatedAt: deps.clock.now() }
    await store.updateRequest(tx, given)
    await recordTransfer(deps, tx, about, given)
    return { operationIds: [], priceAfter }
  },
}
