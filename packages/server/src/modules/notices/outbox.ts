import { toId } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type Attempted, attempt, type Leased } from './delivery.ts'
import { firstMailAt, retryAt, retryForMs } from './model.ts'
import * as store from './outbox-store.ts'
import type { NoticeDeps } from './service.ts'
import { webhooksById } from './webhook-store.ts'

/** Longer than any attempt may take: one that still runs is nobody else's. */
const leaseSeconds = 120
const atOnce = 4
const mostInRun = 1_000
const keptMs = 30 * 86_400_000

/** Whoever has something to get by mail has one mail under way at a time. */
const openMails = async ({ database, clock, newId, mailer }: NoticeDeps): Promise<void> => {
  if (!mailer) return
  for (const { personId, quiet, lastAt } of await store.awaitingMail(database.plain, mostInRun)) {
    const createdAt = clock.now()
    const nextAt = firstMailAt(createdAt, { quiet, lastAt })
    await store.insertMail(database.plain, { id: newId(), personId, nextAt, createdAt })
  }
}

/** Writes down what an attempt came to. */
const settle = async ({ database, clock }: NoticeDeps, it: Leased, came: Attempted): Promise<void> => {
  const now = clock.now()
  if (came.kind === 'delivered' || came.kind === 'gone') {
    const outcome = came.kind === 'gone' ? 'withdrawn' : 'delivered'
    await store.endPost(database.plain, it, { outcome, problem: null, now })
    return
  }
  const problem = came.problem.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500)
  const isFinal = came.kind === 'refused' && came.isFinal
  const isOver = isFinal || now.getTime() - it.createdAt.getTime() >= retryForMs
  if (isOver) await store.endPost(database.plain, it, { outcome: 'given-up', problem, now })
  else {
    const sealed = came.kind === 'unclear' || it.wasSealed
    await store.postpone(database.plain, it, { nextAt: retryAt(now, it.attempts), problem, sealed })
  }
}

/** One that fails in a way nobody thought of must not keep the others from being sent. */
const unforeseen = (error: unknown): Attempted => ({
  kind: 'unclear',
  problem: error instanceof Error ? error.message : String(error),
})

/** Sends what is due, some at once, until nothing is. A mail server that is away is not asked again in this run. */
const sendDue = async (deps: NoticeDeps): Promise<void> => {
  let withMail = deps.mailer !== null
  let left = mostInRun
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const now = deps.clock.now()
      const it = await deps.database.unrecorded((tx) => store.leaseNext(tx, now, { leaseSeconds, withMail }))
      if (!it) return
      const came = await attempt(deps, it).catch(unforeseen)
      if (came.kind === 'unreachable') withMail = false
      await settle(deps, it, came)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, send))
}

/** By the organisation whose mails and webhooks they were. */
const untoldByOrganisation = async ({ organisationsOf, clock }: NoticeDeps, tx: Tx) => {
  const untold = await store.takeUntold(tx, clock.now(), mostInRun)
  const homes = await organisationsOf(
    tx,
    untold.flatMap((it) => it.personId ?? []),
  )
  const webhooks = await webhooksById(
    tx,
    untold.flatMap((it) => it.webhookId ?? []),
  )
  const owners = new Map(webhooks.map((it) => [it.id, it.organisationId]))
  return Map.groupBy(untold, (it) =>
    present(it.personId === null ? owners.get(it.webhookId ?? '') : homes.get(it.personId), 'owner'),
  )
}

/** A mail server repeats whom it does not know; that is nobody else's business. */
const withoutAddresses = (problem: string): string => problem.replaceAll(/[^\s<]+@[^\s>]+/g, '…')

/** What was given up is told to the operators, once for all of a run: an event that no mail is sent for. */
const tellGivenUp = (deps: NoticeDeps): Promise<void> =>
  deps.database.transaction(programAct('outbox-reconciler', 'outbox.give-up', deps.newId()), async (tx) => {
    const told = new Map<string, { count: number; problem: string }>()
    for (const [organisationId, given] of await untoldByOrganisation(deps, tx)) {
      const operator = (await deps.operatorOf(tx, organisationId)) ?? organisationId
      const known = told.get(operator)?.count ?? 0
      told.set(operator, { count: known + given.length, problem: withoutAddresses(given[0]?.problem ?? '') })
    }
    for (const [organisationId, { count, problem }] of told) {
      const on = toId('organisation', organisationId)
      await deps.record(tx, { on, organisationId, after: { operatorOrganisationId: on, count, problem } })
    }
  })

export const createOutbox = (deps: NoticeDeps) => ({
  async deliver(): Promise<void> {
    await openMails(deps)
    await sendDue(deps)
    await tellGivenUp(deps)
    await store.deleteEndedBefore(deps.database.plain, new Date(deps.clock.now().getTime() - keptMs))
  },
})
