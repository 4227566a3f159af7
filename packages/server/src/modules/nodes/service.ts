import {
  type BodyOf,
  type CloudNode,
  type DataCentre,
  type dataCentreCreate,
  type dataCentreEdit,
  type Fault,
  fromId,
  type Locale,
  type nodeCreate,
  type Operation,
  type PlatformDetail,
  toId,
} from '@yiduo/contract'
import type { ObservedKind } from '@yiduo/driver-api'
import { type Act, everything, type Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { editedMeanwhile, staleBy } from '../../kernel/revision.ts'
import type { Record } from '../../platform/acts/record.ts'
import {
  type Database,
  type Found,
  keyset,
  type Sought,
  type Tx,
  toPage,
  violatedConstraint,
} from '../../platform/database/index.ts'
import { reachesSomething, sightOf } from '../../platform/http/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { Secrets } from '../../platform/secrets/index.ts'
import type { DriverRegistry } from './drivers.ts'
import { nodesCalled, platformsAway, platformsCalled } from './find-store.ts'
import { listHosts } from './host-store.ts'
import { links } from './links.ts'
import { instantOr } from './model.ts'
import { addPlatform, editPlatform, probePlatform, providerOf } from './platforms.ts'
import type { ProbeInput } from './sagas/platform-probe.ts'
import { situation } from './situation.ts'
import * as store from './store.ts'
import { viewDataCentre, viewFound, viewHost, viewNode, viewObservation, viewPlatform, viewPool } from './view.ts'

export interface NodeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly secrets: Secrets
  readonly registry: DriverRegistry
  readonly sagas: Sagas
  readonly probe: Saga<ProbeInput>
  readonly operationStarted: (tx: Tx, uuid: string, locale: Locale) => Promise<Operation>
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string; actor: string } | null>
}

const createNode =
  (deps: NodeDeps) =>
  async (act: Act, ask: BodyOf<typeof nodeCreate>): Promise<CloudNode | Refusal> => {
    const { database, clock, newId, record, reachOrganisation } = deps
    try {
      return await database.transaction(act, async (tx) => {
        const uuid = fromId('organisation', ask.operatorOrganisationId)
        const operator = uuid && (await reachOrganisation(tx, act, uuid))
        if (!operator) return refuse('not-found')
        const provider = await providerOf(deps, tx, act, ask.providerOrganisationId)
        if (isRefusal(provider)) return provider
        const owners = { operatorOrganisationId: operator.id, providerOrganisationId: provider.uuid }
        const row = { ...ask, ...owners, id: newId(), createdAt: clock.now() }
        await store.insertNode(tx, row)
        const made = viewNode(row)
        await record(tx, { on: made.id, organisationId: operator.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'cloud_nodes_code_key') return refuse('code-taken', { code: ask.code })
      throw error
    }
  }

/** What was not told stays as it is; null takes it away. */
const siteOf = (ask: Omit<BodyOf<typeof dataCentreEdit>, 'name' | 'role'>, known: store.SiteRow): store.SiteRow => {
  const { powerGrid, riverBasin, seismicBelt, pue, greenLevel, greenIssuer } = ask
  return {
    powerGrid: powerGrid === undefined ? known.powerGrid : powerGrid,
    riverBasin: riverBasin === undefined ? known.riverBasin : riverBasin,
    seismicBelt: seismicBelt === undefined ? known.seismicBelt : seismicBelt,
    pue: pue === undefined ? known.pue : pue,
    greenLevel: greenLevel === undefined ? known.greenLevel : greenLevel,
    greenIssuer: greenIssuer === undefined ? known.greenIssuer : greenIssuer,
    greenExpiresAt: instantOr(ask.greenExpiresAt, known.greenExpiresAt),
    leaseEndsAt: instantOr(ask.leaseEndsAt, known.leaseEndsAt),
  }
}

const unknownSite: store.SiteRow = {
  powerGrid: null,
  riverBasin: null,
  seismicBelt: null,
  pue: null,
  greenLevel: null,
  greenIssuer: null,
  greenExpiresAt: null,
  leaseEndsAt: null,
}

const createDataCentre =
  ({ database, clock, newId, record, reachOrganisation }: NodeDeps) =>
  async (act: Act, ask: BodyOf<typeof dataCentreCreate>): Promise<DataCentre | Refusal> => {
    try {
      return await database.transaction(act, async (tx) => {
        const uuid = fromId('node', ask.nodeId)
        const node = uuid && (await store.findNode(tx, uuid))
        if (!node || !(await reachOrganisation(tx, act, node.operatorOrganisationId))) return refuse('not-found')
        const row = { ...ask, ...siteOf(ask, unknownSite), id: newId(), nodeId: node.id, createdAt: clock.now() }
        await store.insertDataCentre(tx, row)
        const made = viewDataCentre({ ...row, revision: 1 })
        await record(tx, { on: made.id, organisationId: node.operatorOrganisationId, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'data_centres_code_key') return refuse('code-taken', { code: ask.code })
      throw error
    }
  }

const editDataCentre =
  ({ database, record }: NodeDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof dataCentreEdit>, revision: number | null): Promise<DataCentre | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('dataCentre', id)
      const row = uuid && (await store.findDataCentre(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const stale = staleBy(revision, row.revision)
      if (stale) return stale
      const edited = { ...row, ...siteOf(ask, row), name: ask.name ?? row.name, role: ask.role ?? row.role }
      if ((await store.updateDataCentre(tx, edited)) === 0) return editedMeanwhile(row.revision)
      const after = viewDataCentre({ ...edited, revision: row.revision + 1 })
      await record(tx, { on: id, organisationId: row.organisationId, before: viewDataCentre(row), after })
      return after
    })

const createListings = (deps: NodeDeps) => {
  const sight = (act: Act) => sightOf(act, deps.clock.now())
  return {
    async listNodes(act: Act, query: { limit?: number; cursor?: string }) {
      const page = keyset(query)
      return toPage(await store.listNodes(deps.database.plain, sight(act), page), page, viewNode)
    },

    async listDataCentres(act: Act, query: { limit?: number; cursor?: string; nodeId?: string }) {
      const page = keyset(query)
      const nodeId = query.nodeId === undefined ? null : fromId('node', query.nodeId)
      return toPage(await store.listDataCentres(deps.database.plain, sight(act), nodeId, page), page, viewDataCentre)
    },

    async getPlatform(act: Act, id: string, locale: Locale): Promise<PlatformDetail | Refusal> {
      const uuid = fromId('platform', id)
      const row = uuid && (await store.seePlatform(deps.database.plain, sight(act), uuid))
      if (!row) return refuse('not-found')
      const observations = await store.listObservations(deps.database.plain, row.id)
      return { ...viewPlatform(locale)(row), observations: observations.map(viewObservation(locale)) }
    },

    async listPlatforms(act: Act, query: { limit?: number; cursor?: string; nodeId?: string }, locale: Locale) {
      const page = keyset(query)
      const nodeId = query.nodeId === undefined ? null : fromId('node', query.nodeId)
      return toPage(
        await store.listPlatforms(deps.database.plain, sight(act), nodeId, page),
        page,
        viewPlatform(locale),
      )
    },

    async listHosts(act: Act, query: { limit?: number; cursor?: string; platformId?: string }) {
      const page = keyset(query)
      const platformId = query.platformId === undefined ? null : fromId('platform', query.platformId)
      return toPage(await listHosts(deps.database.plain, sight(act), platformId, page), page, viewHost)
    },

    async listPools(act: Act, query: { platformId?: string }) {
      const platformId = query.platformId === undefined ? null : fromId('platform', query.platformId)
      return { items: (await store.listPools(deps.database.plain, sight(act), platformId)).map(viewPool) }
    },
  }
}

export const createNodeService = (deps: NodeDeps) => ({
  ...createListings(deps),
  createNode: createNode(deps),
  createDataCentre: createDataCentre(deps),
  editDataCentre: editDataCentre(deps),
  ...links(deps),
  addPlatform: addPlatform(deps),
  editPlatform: editPlatform(deps),
  probePlatform: probePlatform(deps),

  /** Notes how the listing of one kind went; `at` is the instant it was begun. */
  async noteListing(it: { platformId: string; kind: ObservedKind; at: Date; fault: Fault | null }): Promise<void> {
    await store.saveObservation(deps.database.plain, it)
  },

  /** Platforms that do not answer. */
  away: async (tx: Tx, scope: Scope) =>
    (await platformsAway(tx, scope)).map((row) => ({
      ...row,
      id: toId('platform', row.id),
      probedAt: row.probedAt?.toISOString() ?? null,
    })),

  /** What the board shows of the clouds. */
  situation,

  findNodes: async (tx: Tx, act: Act, sought: Sought, limit: number): Promise<Found[]> =>
    (await nodesCalled(tx, sightOf(act, deps.clock.now()), sought, limit)).map(viewFound('node')),
  findPlatforms: async (tx: Tx, act: Act, sought: Sought, limit: number): Promise<Found[]> =>
    (await platformsCalled(tx, sightOf(act, deps.clock.now()), sought, limit)).map(viewFound('platform')),

  /** A platform by its bare id, for sagas and reconcilers. */
  platform: async (tx: Tx, uuid: string) => present(await store.findPlatform(tx, everything, uuid), 'platform'),
  reachPlatform: (tx: Tx, act: Act, uuid: string) => store.findPlatform(tx, act.scope, uuid),
  allPlatforms: (tx: Tx) => store.allPlatforms(tx),
  fleet: (tx: Tx) => store.fleet(tx),
  /** Bare ids of the platforms that a provider supplies, for acts that only a provider's role allows; null for all others. */
  suppliedOnly: async (tx: Tx, act: Act): Promise<ReadonlySet<string> | null> => {
    const sight = sightOf(act, deps.clock.now())
    if (reachesSomething(sight.operated)) return null
    return new Set((await store.listPlatforms(tx, sight, null, { limit: 1_000, after: null })).map(({ id }) => id))
  },
  /** Takes capacity (negative: gives it back); false where there is no room. */
  promise: async (tx: Tx, poolId: string, vcpus: number, memoryMib: number) =>
    (await store.promise(tx, poolId, vcpus, memoryMib)) > 0,
})

export type NodeService = ReturnType<typeof createNodeService>
