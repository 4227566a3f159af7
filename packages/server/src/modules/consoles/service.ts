import { type ConsoleProtocol, fault, fromId, type ServerConsole, serverOpenConsole, toId } from '@yiduo/contract'
import { type Console, isDone, isFailure } from '@yiduo/driver-api'
import type { Act, Caller } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError, isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { authorise } from '../../platform/http/index.ts'
import type { DriverSource, NodeService } from '../nodes/index.ts'
import type { ProjectService } from '../projects/index.ts'
import { powerOf, type ResourceRow, type ResourceService } from '../resources/index.ts'
import { hashOf, newToken, ticketLifetimeMs } from './model.ts'
import * as store from './store.ts'

export interface ConsoleDeps {
  readonly database: Database
  readonly clock: Clock
  readonly record: Record
  readonly drivers: DriverSource
  readonly nodes: Pick<NodeService, 'platform'>
  readonly projects: Pick<ProjectService, 'find'>
  readonly resources: Pick<ResourceService, 'reach' | 'inability'>
  /** @throws FaultError once the session is over. */
  readonly callerOf: (sessionId: string) => Promise<Caller>
}

/** Where somebody comes from who has nothing but a ticket. */
export interface Visit {
  readonly trace: string
  readonly address: string | null
}

/** Somebody at a server's console, for as long as nothing speaks against it. */
export interface Entered {
  readonly act: Act
  readonly sessionId: string
  readonly server: ResourceRow
}

type OnCloud = ResourceRow & { readonly externalId: string }

const isOnCloud = (row: ResourceRow): row is OnCloud =>
  (row.state === 'test' || row.state === 'formal') && row.externalId !== null

/** The server, where the act reaches it and it is in use. */
const inUse = async ({ resources }: ConsoleDeps, tx: Tx, act: Act, uuid: string): Promise<OnCloud | Refusal> => {
  const row = await resources.reach(tx, act, uuid, 'server')
  if (row === null) return refuse('not-found')
  return isOnCloud(row) ? row : refuse('server-not-in-use', { state: row.state })
}

const openable = async (deps: ConsoleDeps, tx: Tx, act: Act, uuid: string): Promise<OnCloud | Refusal> => {
  const row = await inUse(deps, tx, act, uuid)
  if (isRefusal(row)) return row
  if (powerOf(row) === 'stopped') return refuse('server-not-running', { name: row.name })
  return (await deps.resources.inability(tx, row, 'consoles')) ?? row
}

const recorded = ({ server }: Entered) => ({ on: toId('server', server.id), organisationId: server.organisationId })

const actOf = (caller: Caller, { trace, address }: Visit, now: Date): Act => ({
  caller,
  onBehalfOf: null,
  operation: serverOpenConsole.name,
  scope: authorise(serverOpenConsole, caller, now),
  trace,
  address,
  agent: null,
  idempotency: null,
})

/** A ticket for one connection. The cloud is asked when it comes: an address of the cloud's is kept nowhere. */
const open =
  (deps: ConsoleDeps) =>
  (act: Act, serverId: string, protocol: ConsoleProtocol): Promise<ServerConsole | Refusal> =>
    // Kept as the answer to a key, a ticket would lie in the database as it is; opening twice harms nobody.
    deps.database.transaction({ ...act, idempotency: null }, async (tx) => {
      if (act.caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
      const uuid = fromId('server', serverId)
      const server = uuid === null ? refuse('not-found') : await openable(deps, tx, act, uuid)
      if (isRefusal(server)) return server
      const token = newToken()
      const now = deps.clock.now()
      const expiresAt = new Date(now.getTime() + ticketLifetimeMs)
      await store.deleteExpired(tx, now)
      const { sessionId } = act.caller
      await store.insertTicket(tx, { tokenHash: hashOf(token), sessionId, serverId: server.id, protocol, expiresAt })
      await deps.record(tx, { on: serverId, organisationId: server.organisationId, after: { protocol } })
      return { url: `/api/v1/consoles/${token}`, protocol, expiresAt: expiresAt.toISOString() }
    })

/** Takes the ticket; whoever had it has had it. @throws FaultError with what keeps them out. */
const enter =
  (deps: ConsoleDeps) =>
  async (token: string, visit: Visit): Promise<Entered & { readonly protocol: ConsoleProtocol }> => {
    const now = deps.clock.now()
    const ticket = await store.findTicket(deps.database.plain, hashOf(token), now)
    if (ticket === null) throw new FaultError(fault('console-ticket-invalid'))
    const { sessionId, protocol } = ticket
    const act = actOf(await deps.callerOf(sessionId), visit, now)
    const entered = await deps.database.transaction(act, async (tx) => {
      if ((await store.takeTicket(tx, ticket.tokenHash)) === 0) return refuse('console-ticket-invalid')
      const server = await openable(deps, tx, act, ticket.serverId)
      if (isRefusal(server)) return server
      const it = { act, sessionId, server, protocol }
      await deps.record(tx, { ...recorded(it), as: 'server.enter-console', after: { protocol } })
      return it
    })
    if (isRefusal(entered)) throw new FaultError(entered.refused)
    return entered
  }

/** The cloud's own end of the console. @throws FaultError with the cloud's reason. */
const connect =
  ({ database, nodes, projects, drivers }: ConsoleDeps) =>
  async ({ server, protocol }: Entered & { readonly protocol: ConsoleProtocol }): Promise<Console> => {
    const { platformId, systemId, projectSystemId, externalId } = server
    const project = (await projects.find(projectSystemId ?? systemId, platformId))?.projectRef
    if (!project || externalId === null) throw new FaultError(fault('cloud-thing-vanished'))
    const driver = drivers.of(await nodes.platform(database.plain, platformId))
    const opened = await driver.consoles.open({ project, serverId: externalId, protocol })
    if (isDone(opened)) return opened.value
    if (isFailure(opened)) throw new FaultError(fault(opened.code, {}, opened.words))
    throw new FaultError(fault(opened.outcome === 'absent' ? 'cloud-thing-vanished' : 'cloud-timeout'))
  }

/** @throws FaultError once the session is over, the grant is gone, or the server is in use no more. */
const stay =
  (deps: ConsoleDeps) =>
  async ({ act: { trace, address }, sessionId, server }: Entered): Promise<void> => {
    const act = actOf(await deps.callerOf(sessionId), { trace, address }, deps.clock.now())
    const found = await inUse(deps, deps.database.plain, act, server.id)
    if (isRefusal(found)) throw new FaultError(found.refused)
  }

const leave =
  ({ database, record }: ConsoleDeps) =>
  (entered: Entered, seconds: number, reason: string | null): Promise<void> =>
    database.transaction(entered.act, (tx) =>
      record(tx, { ...recorded(entered), as: 'server.leave-console', after: { seconds, reason } }),
    )

export const createConsoleService = (deps: ConsoleDeps) => ({
  open: open(deps),
  enter: enter(deps),
  connect: connect(deps),
  stay: stay(deps),
  leave: leave(deps),
})

export type ConsoleService = ReturnType<typeof createConsoleService>
