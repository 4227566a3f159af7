import { encodeUuid } from '@yiduo/contract'
import { createSimFactory, openstackFactory } from '@yiduo/drivers'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { auditReconcilers, furnishAudit } from './compose-audit.ts'
import { openSecrets } from './compose-secrets.ts'
import { furnishAbolition, furnishViews } from './compose-views.ts'
import type { Config } from './config/index.ts'
import type { Act } from './kernel/act.ts'
import { type Clock, systemClock } from './kernel/clock.ts'
import { createIdentifierSource, type NewId } from './kernel/identifier.ts'
import { routeAbolition } from './modules/abolition/index.ts'
import { createAdviceReconciler, createAdviceService, routeAdvice } from './modules/advice/index.ts'
import { createApprovalService, createEscalationReconciler, routeApprovals } from './modules/approvals/index.ts'
import { routeAudit } from './modules/audit/index.ts'
import { routeBoard } from './modules/board/index.ts'
import { createBudgetReconciler, createBudgetService, routeBudgets } from './modules/budgets/index.ts'
import { createCatalogueService, routeCatalogue } from './modules/catalogue/index.ts'
import { createCollectionService, routeCollections } from './modules/collections/index.ts'
import { type ConsoleLimits, createConsoleService, routeConsoles } from './modules/consoles/index.ts'
import { createDemandService, routeDemand } from './modules/demand/index.ts'
import { routeFindings } from './modules/findings/index.ts'
import { createHistoryService, routeHistory } from './modules/history/index.ts'
import { routeHome } from './modules/home/index.ts'
import {
  createGrantUseLedger,
  createIdentityService,
  createPasswords,
  type GrantUseLedger,
  type Passwords,
  routeIdentity,
} from './modules/identity/index.ts'
import {
  createHousekeeping,
  createIntroduction,
  prepareDatabase,
  routeInstallation,
} from './modules/installation/index.ts'
import { createMeteringService, routeMetering } from './modules/metering/index.ts'
import {
  capacities,
  createDriverSource,
  createNodeService,
  createPlatformProbe,
  createProbeReconciler,
  type DriverRegistry,
  type DriverSource,
  platformNames,
  routeNodes,
  suppliedBy,
} from './modules/nodes/index.ts'
import {
  createNoticeReconciler,
  createNoticeService,
  createOutboxReconciler,
  routeNotices,
} from './modules/notices/index.ts'
import { createOperationService, createResidueReconciler, routeOperations } from './modules/operations/index.ts'
import { createOrganisationService, routeOrganisations } from './modules/organisations/index.ts'
import { createPlacementService } from './modules/placement/index.ts'
import { routePlaces } from './modules/places/index.ts'
import {
  createPowerScheduleReconciler,
  createPowerScheduleService,
  routePowerSchedules,
} from './modules/power-schedules/index.ts'
import { createProjectService } from './modules/projects/index.ts'
import { createQuotaService, routeQuota } from './modules/quota/index.ts'
import {
  createEndingReconciler,
  createExpiryReconciler,
  createRequestService,
  maxServers,
  type RequestService,
  routeRequests,
} from './modules/requests/index.ts'
import {
  createObservationReconciler,
  createPartSagas,
  createPowerSagas,
  createResourceRename,
  createResourceService,
  createServerCreate,
  createServerReclaim,
  createServerReclaimBefore,
  createServerRecycle,
  createServerResize,
  createServerRestore,
  createSnapshotSagas,
  createVolumeExtend,
  leaveProject,
  platformsOf,
  routeResources,
  standingOf,
} from './modules/resources/index.ts'
import { routeSearch } from './modules/search/index.ts'
import {
  chargedMonthFrom,
  createClosingReconciler,
  createSettlementService,
  routeSettlement,
} from './modules/settlement/index.ts'
import { createSystemService, routeSystems } from './modules/systems/index.ts'
import { createTemplateService, routeTemplates } from './modules/templates/index.ts'
import type { Overrides } from './overrides.ts'
import { createLateEntries } from './platform/acts/late-entries.ts'
import { createReads, type NoteRead } from './platform/acts/reads.ts'
import { createRecord, eventChannel, type Record } from './platform/acts/record.ts'
import { createRefusals, type NoteRefusal } from './platform/acts/refusals.ts'
import { createDatabase, type Database, type Tx } from './platform/database/index.ts'
import { createSimDatabase } from './platform/database/sim-database.ts'
import { createEventFeed, type EventFeed, routeEvents } from './platform/events/index.ts'
import { routeHealth } from './platform/http/health.ts'
import {
  createBind,
  createCertificateReader,
  createHttpServer,
  createRateLimits,
  keepSessionsInCookies,
  type RateLimits,
  routePages,
} from './platform/http/index.ts'
import { createMailer } from './platform/mail/index.ts'
import { createPoster } from './platform/posting/index.ts'
import {
  createLocks,
  createReconcilerRunner,
  type Reconciler,
  type ReconcilerRunner,
} from './platform/reconcilers/index.ts'
import {
  crashing,
  createSagaRunner,
  isUnfinished,
  operationChannel,
  type Saga,
  type SagaRunner,
} from './platform/sagas/index.ts'
import { keyChannel, type Mac, type Secrets } from './platform/secrets/index.ts'
import { createSignals, type Signals } from './platform/signals/listener.ts'

const version = '0.1.0'

interface Ground {
  readonly config: Config
  readonly log: Logger
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly noteRead: NoteRead
  readonly noteRefusal: NoteRefusal
  readonly database: Database
  readonly signals: Signals
  readonly secrets: Secrets
  /** Signs the entries of the audit trail. */
  readonly mac: Mac
  readonly reseal: Reconciler
  readonly passwords: Passwords
  readonly markPrefix: string
  readonly sagas: SagaRunner
  readonly reconcilers: ReconcilerRunner
  readonly feed: EventFeed
  readonly registry: DriverRegistry
}

const layGround = async (
  config: Config,
  url: string,
  log: Logger,
  overrides: Overrides,
  stack: AsyncDisposableStack,
): Promise<Ground> => {
  const clock = overrides.clock ?? systemClock
  const newId = createIdentifierSource(clock)
  const signals = stack.use(createSignals({ url, channels: [eventChannel, operationChannel, keyChannel], log }))
  const { ring } = signals
  const database = stack.use(createDatabase({ url, connections: config.databaseConnections, log, ring }))
  const { secrets, reseal, mac } = await openSecrets({ config, database, signals, clock, newId, log }, stack)
  const { markPrefix } = await prepareDatabase(database, clock)
  const locks = stack.use(createLocks({ url, log }))
  const late = stack.use(createLateEntries({ database, clock, newId, mac, log }))
  const settings = {
    leaseMs: config.leaseMs,
    stepLimitMs: config.stepLimitMs,
    limit: config.operationsAtOnce,
    at: crashing(config.crashAt),
  }
  return {
    config,
    log,
    clock,
    newId,
    database,
    signals,
    markPrefix,
    mac,
    record: createRecord({ clock, newId, mac }),
    secrets,
    reseal,
    noteRead: createReads({ clock, late }),
    noteRefusal: stack.use(createRefusals({ clock, late })).note,
    passwords: overrides.passwords ?? createPasswords(overrides.passwordCost),
    feed: stack.use(createEventFeed({ database, signals, log })),
    reconcilers: stack.use(createReconcilerRunner({ locks, log })),
    sagas: stack.use(createSagaRunner({ database, signals, clock, log, settings })),
    registry: overrides.registry ?? {
      openstack: openstackFactory,
      sim: createSimFactory({ database: stack.use(createSimDatabase({ url, log })) }),
    },
  }
}

/** Rooms that lean on nothing but the ground. */
const furnishGround = (ground: Ground) => {
  const { database, clock, newId, record, passwords, secrets } = ground
  const organisations = createOrganisationService({ database, clock, newId, record })
  const reachOrganisation = (tx: Tx, act: Act, uuid: string) => organisations.reach(tx, act, uuid)
  const { reachesProvince } = organisations
  const systems = createSystemService({ database, clock, newId, record, reachOrganisation })
  const catalogue = createCatalogueService({ database, clock, newId, record, reachesProvince, chargedMonthFrom })
  const identity = createIdentityService({
    ...{ database, clock, newId, record, passwords, secrets, reachOrganisation },
    organisationNames: organisations.names,
    organisationEnded: organisations.ended,
  })
  const { peopleOver } = identity
  const names = {
    organisationNames: organisations.names,
    systemNames: systems.names,
    componentNames: catalogue.componentNames,
  }
  return {
    organisations,
    reachOrganisation,
    reachesProvince,
    names,
    systems,
    catalogue,
    identity,
    templates: createTemplateService({ database, clock, newId, record, organisations, catalogue, maxServers }),
    approvals: createApprovalService({ database, clock, newId, record, organisations, peopleOver }),
    metering: createMeteringService({ database, newId, ...names }),
    introduction: createIntroduction(version),
  }
}

/** Clouds, what they can hold, and what is promised of it. */
const furnishClouds = (
  ground: Ground,
  drivers: DriverSource,
  { reachOrganisation, systems }: ReturnType<typeof furnishGround>,
) => {
  const { database, clock, newId, record, markPrefix } = ground
  const definitions: Saga<never>[] = []
  const stepsOf = (saga: string) => definitions.find((it) => it.name === saga)?.steps.map((step) => step.name) ?? []
  const operations = createOperationService({ database, clock, record, stepsOf })
  const probe = createPlatformProbe({ database, clock, newId, record, drivers })
  const nodes = createNodeService({ ...ground, probe, reachOrganisation, operationStarted: operations.started })
  const markOf = (uuid: string) => markPrefix + encodeUuid(uuid)
  definitions.push(probe)
  return {
    definitions,
    operations,
    nodes,
    markOf,
    quota: createQuotaService({
      database,
      record,
      reachOrganisation,
      reachSystem: systems.reach,
      promiseCapacity: nodes.promise,
    }),
    projects: createProjectService({ database, clock, newId, markOf, leave: leaveProject, isUnfinished }),
  }
}

/** Those who follow what the others record, and are called by nobody. */
const furnishNotices = (ground: Ground, standing: ReturnType<typeof furnishGround>) => {
  const { identity, organisations, systems, reachOrganisation } = standing
  const { mail, webhookPrivateNetworks } = ground.config
  return createNoticeService({
    ...ground,
    reachOrganisation,
    holders: identity.holders,
    organisationsOf: identity.organisationsOf,
    operatorOf: organisations.operatorOf,
    systemName: systems.nameOf,
    mailer: mail && createMailer(mail),
    poster: createPoster(webhookPrivateNetworks),
  })
}

const furnishAdvice = (
  ground: Ground,
  { catalogue, metering, identity, reachOrganisation }: ReturnType<typeof furnishGround>,
  { testEnds, resolvedBy }: RequestService,
  resources: Pick<ReturnType<typeof createResourceService>, 'forAdvice'>,
) => {
  const looks = { resources: resources.forAdvice, heldNow: metering.heldNow, actsFor: identity.actsFor }
  return createAdviceService({ ...ground, ...looks, catalogue, reachOrganisation, testEnds, resolvedBy })
}

const furnishPowerSchedules = (
  { database, clock, newId, record }: Ground,
  { systems, approvals }: ReturnType<typeof furnishGround>,
  resources: ReturnType<typeof createResourceService>,
  power: RequestService,
) => {
  const looks = { reachSystem: systems.reach, daysUnlike: approvals.daysUnlike }
  return createPowerScheduleService({ database, clock, newId, record, ...looks, resources, power })
}

/** The line itself: requests start sagas on resources, which end in usage and bills. */
const furnishLine = (ground: Ground, drivers: DriverSource) => {
  const { database, clock, newId, record, sagas } = ground
  const standing = furnishGround(ground)
  const clouds = furnishClouds(ground, drivers, standing)
  const { metering, catalogue, organisations, systems, approvals } = standing
  // The sagas tell the requests, which start the sagas: the one knot, tied here and nowhere else.
  const ended: RequestService['operationEnded'] = (tx, operationId, end) =>
    requests.operationEnded(tx, operationId, end)
  const unit = { ...clouds, database, clock, newId, record, drivers, metering, ended }
  const serverCreate = createServerCreate(unit)
  const serverReclaim = createServerReclaim(unit)
  const serverResize = createServerResize(unit)
  const volumeExtend = createVolumeExtend(unit)
  const serverRecycle = createServerRecycle(unit)
  const serverRestore = createServerRestore(unit)
  const [parts, snapshots] = [createPartSagas(unit), createSnapshotSagas(unit)]
  const acts = { ...createPowerSagas(unit), resourceRename: createResourceRename(unit) }
  const orders = { serverCreate, serverReclaim, serverResize, volumeExtend, serverRecycle, serverRestore }
  const made = [orders, parts, acts, snapshots].flatMap((it) => Object.values<Saga<never>>(it))
  clouds.definitions.push(...made, createServerReclaimBefore(unit))
  const resources = createResourceService({
    ...clouds,
    database,
    clock,
    newId,
    sagas,
    metering,
    ...orders,
    ...{ parts, acts, snapshots, platformNames, ...standing.names },
  })
  const placement = createPlacementService({ fleet: clouds.nodes.fleet })
  const { reachOrganisation } = standing
  const settlement = createSettlementService({
    ...ground,
    ...standing,
    ...standing.names,
    platformsOf,
    platformNames,
    suppliedBy,
    settleReclaimed: (...given) => requests.settleReclaimed(...given),
    daysUnlike: approvals.daysUnlike,
  })
  const atlas = { divisionsOf: organisations.divisions, architecturesOf: catalogue.architectures, capacities }
  const { charges } = settlement
  const bookkeeping = { catalogue, reachOrganisation, reachSystem: systems.reach, charges, standingOf }
  const budgets = createBudgetService({ database, clock, newId, record, ...bookkeeping })
  const { attachmentMib: fileMib, attachmentsMib: requestMib } = ground.config
  const attachmentLimits = { fileMib, requestMib }
  const line = { ...standing, platformNames, attachmentLimits, budgets, quota: clouds.quota, placement, resources }
  const requests: RequestService = createRequestService({ database, clock, newId, record, ...line })
  const { members } = requests
  const collections = createCollectionService({ database, clock, newId, record, approvals, organisations, members })
  return {
    ...standing,
    ...clouds,
    resources,
    requests,
    collections,
    abolition: furnishAbolition(ground, standing, { resources, requests, collections }),
    settlement,
    budgets,
    demand: createDemandService({ database, clock, newId, record, reachOrganisation, ...atlas }),
    advice: furnishAdvice(ground, standing, requests, resources),
    notices: furnishNotices(ground, standing),
    powerSchedules: furnishPowerSchedules(ground, standing, resources, requests),
  }
}

const furnish = (ground: Ground, drivers: DriverSource) => {
  const line = furnishLine(ground, drivers)
  const views = furnishViews(ground, line)
  return { ...line, ...views, ...furnishAudit(ground, { ...line, ...views }) }
}
export type Rooms = ReturnType<typeof furnish>

interface Routed {
  readonly rooms: Rooms
  readonly drivers: DriverSource
  readonly grantUse: GrantUseLedger
  readonly consoleLimits: Partial<ConsoleLimits>
  readonly limits: RateLimits
}

const routeAll = (app: FastifyInstance, ground: Ground, routed: Routed): void => {
  const { rooms, drivers, grantUse, consoleLimits, limits } = routed
  const { database, clock, feed, secrets, noteRead, noteRefusal } = ground
  const { authenticate } = rooms.identity
  const { fingerprint } = secrets
  const certificateOf = createCertificateReader(ground.config.clientCertificate)
  const noting = { noteRead, noteRefusal, grantsUsed: grantUse.note }
  const bind = createBind(app, { database, clock, authenticate, fingerprint, limits, certificateOf, ...noting })
  routeInstallation(bind, rooms.introduction)
  routeIdentity(bind, rooms.identity)
  routeOrganisations(bind, rooms.organisations)
  routeAbolition(bind, rooms.abolition)
  routeQuota(bind, rooms.quota)
  routeSystems(bind, rooms.systems)
  routeNodes(bind, rooms.nodes)
  routeCatalogue(bind, rooms.catalogue)
  routeTemplates(bind, rooms.templates)
  routeApprovals(bind, rooms.approvals)
  routeRequests(bind, rooms.requests)
  routeCollections(bind, rooms.collections)
  routeResources(bind, rooms.resources)
  routeOperations(bind, rooms.operations)
  routeMetering(bind, rooms.metering)
  routeSettlement(bind, rooms.settlement)
  routeBudgets(bind, rooms.budgets)
  routeDemand(bind, rooms.demand)
  routeAdvice(bind, rooms.advice)
  routePowerSchedules(bind, rooms.powerSchedules)
  routeNotices(bind, rooms.notices)
  routeFindings(bind, rooms.findings)
  routeAudit(bind, rooms.audit)
  routeSearch(bind, rooms.search)
  routeHome(bind, rooms.home)
  routeBoard(bind, rooms.board)
  routePlaces(bind, rooms.places)
  routeHistory(bind, createHistoryService({ clock, ...rooms }))
  const consoles = createConsoleService({ ...ground, ...rooms, drivers, callerOf: rooms.identity.callerOfSession })
  routeConsoles(app, bind, { ...ground, consoles, limits: consoleLimits })
  routeEvents(app, { feed, clock, authenticate, noteRead, callerOf: rooms.identity.callerOfSession })
  routeHealth(app, database)
}

export interface Yiduo extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly rooms: Rooms
  readonly database: Database
  readonly record: Record
  readonly reconcilers: ReconcilerRunner
  readonly grantUse: GrantUseLedger
  readonly registry: DriverRegistry
  readonly markPrefix: string
}

/** Wires everything over one migrated database. Disposing drains: no new work, what runs is put down where it stands. */
export const compose = async (config: Config, url: string, log: Logger, overrides: Overrides = {}): Promise<Yiduo> => {
  await using stack = new AsyncDisposableStack()
  const ground = await layGround(config, url, log, overrides, stack)
  const { registry, secrets, clock, markPrefix, database, record, reconcilers } = ground
  const drivers = createDriverSource({ registry, secrets, clock, markPrefix, callLimitMs: config.callLimitMs })
  stack.use(drivers)
  const rooms = furnish(ground, drivers)
  ground.sagas.serve(rooms.definitions)
  reconcilers.serve([
    createHousekeeping(database, clock, rooms.identity),
    ...auditReconcilers(rooms),
    ground.reseal,
    createProbeReconciler({ ...ground, drivers }),
    createExpiryReconciler(rooms.requests),
    createEndingReconciler(rooms.requests),
    createPowerScheduleReconciler(rooms.powerSchedules),
    createEscalationReconciler(rooms.approvals),
    createResidueReconciler(rooms.operations),
    createAdviceReconciler(rooms.advice),
    createNoticeReconciler(rooms.notices),
    createClosingReconciler(rooms.settlement),
    createOutboxReconciler(rooms.notices),
    createBudgetReconciler(rooms.budgets),
    createObservationReconciler({ ...ground, nodes: rooms.nodes, drivers, knownProjects: rooms.projects.known }),
  ])
  const grantUse = stack.use(createGrantUseLedger(ground))
  const limits = createRateLimits(config.rateLimits)
  const { trustProxy } = config
  const { noteRefusal } = ground
  const app = await createHttpServer(
    { bodyLimitBytes: 1_048_576, version, trustProxy, rateLimits: limits, noteRefusal },
    log,
  )
  stack.defer(() => app.close())
  keepSessionsInCookies(app)
  routeAll(app, ground, { rooms, drivers, grantUse, consoleLimits: overrides.consoleLimits ?? {}, limits })
  await routePages(app, config.consoleFolder)
  const kept = stack.move()
  return {
    app,
    rooms,
    database,
    record,
    reconcilers,
    grantUse,
    registry,
    markPrefix,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
