import type { Clock } from './kernel/clock.ts'
import type { NewId } from './kernel/identifier.ts'
import { createAbolitionService } from './modules/abolition/index.ts'
import type { ApprovalService } from './modules/approvals/index.ts'
import { type BoardDeps, createBoardService } from './modules/board/index.ts'
import type { CatalogueService } from './modules/catalogue/index.ts'
import type { createCollectionService } from './modules/collections/index.ts'
import { createFindingService } from './modules/findings/index.ts'
import { createHomeService, type HomeDeps } from './modules/home/index.ts'
import type { IdentityService } from './modules/identity/index.ts'
import type { NodeService } from './modules/nodes/index.ts'
import type { OrganisationService } from './modules/organisations/index.ts'
import { createPlacesService } from './modules/places/index.ts'
import type { RequestService } from './modules/requests/index.ts'
import type { ResourceService } from './modules/resources/index.ts'
import { createSearchService } from './modules/search/index.ts'
import type { SystemService } from './modules/systems/index.ts'
import type { TemplateService } from './modules/templates/index.ts'
import type { Record } from './platform/acts/record.ts'
import type { Database } from './platform/database/index.ts'

interface Ground {
  readonly database: Database
  readonly clock: Clock
}

interface Acting {
  readonly newId: NewId
  readonly record: Record
}

interface SearchedRooms {
  readonly systems: SystemService
  readonly requests: RequestService
  readonly resources: ResourceService
  readonly organisations: OrganisationService
  readonly identity: IdentityService
  readonly nodes: NodeService
  readonly catalogue: CatalogueService
  readonly templates: TemplateService
}

/** Each kind is searched where it lives. */
const furnishSearch = ({ database, clock }: Ground, rooms: SearchedRooms) => {
  const { systems, requests, resources, organisations, identity, nodes, catalogue, templates } = rooms
  return createSearchService({
    database,
    clock,
    organisationNames: organisations.names,
    finds: {
      system: (tx, { scope }, ...of) => systems.find(tx, scope, ...of),
      request: (tx, { scope }, ...of) => requests.find(tx, scope, ...of),
      resource: (tx, { scope }, ...of) => resources.find(tx, scope, ...of),
      organisation: (tx, { scope }, ...of) => organisations.find(tx, scope, ...of),
      person: (tx, { scope }, ...of) => identity.findPeople(tx, scope, ...of),
      platform: (tx, act, ...of) => nodes.findPlatforms(tx, act, ...of),
      node: (tx, act, ...of) => nodes.findNodes(tx, act, ...of),
      offering: (tx, _act, ...of) => catalogue.findOfferings(tx, ...of),
      template: (tx, act, ...of) => templates.find(tx, act, ...of),
    },
  })
}

type ViewedRooms = SearchedRooms &
  Omit<HomeDeps & BoardDeps, keyof Ground | 'statements' | 'findings'> & {
    readonly settlement: { readonly statements: HomeDeps['statements'] & BoardDeps['statements'] }
  }

/** What looks over all the others, and is leant on by none. */
export const furnishViews = (ground: Ground & Acting, rooms: ViewedRooms) => {
  const { statements } = rooms.settlement
  const findings = createFindingService({
    ...ground,
    reachOrganisation: rooms.organisations.reach,
    reachSystem: rooms.systems.reach,
    reachResource: rooms.resources.reach,
    reachPlatform: rooms.nodes.reachPlatform,
  })
  return {
    findings,
    search: furnishSearch(ground, rooms),
    places: createPlacesService({ database: ground.database, ...rooms }),
    home: createHomeService({ ...rooms, ...ground, statements, findings }),
    board: createBoardService({ ...rooms, ...ground, statements }),
  }
}

interface AbolitionRooms {
  readonly approvals: ApprovalService
  readonly identity: IdentityService
  readonly organisations: OrganisationService
  readonly templates: TemplateService
}

export const furnishAbolition = (
  { database, record }: Ground & Acting,
  { approvals, identity, organisations, templates }: AbolitionRooms,
  {
    resources,
    requests,
    collections,
  }: {
    readonly resources: Pick<ResourceService, 'countLive'>
    readonly requests: Pick<RequestService, 'countOpen' | 'takeOver'>
    readonly collections: Pick<ReturnType<typeof createCollectionService>, 'takeOver'>
  },
) =>
  createAbolitionService({
    database,
    record,
    organisations,
    countHeld: async (tx, id) => ({
      resources: await resources.countLive(tx, id),
      requests: await requests.countOpen(tx, id),
    }),
    takeOver: [approvals.takeOver, requests.takeOver, collections.takeOver, templates.takeOver],
    endGrants: identity.endGrantsAt,
  })
