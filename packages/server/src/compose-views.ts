import type { Clock } from './kernel/clock.ts'
import { type BoardDeps, createBoardService } from './modules/board/index.ts'
import type { CatalogueService } from './modules/catalogue/index.ts'
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
import type { Database } from './platform/database/index.ts'

interface Ground {
  readonly database: Database
  readonly clock: Clock
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
  Omit<HomeDeps & BoardDeps, keyof Ground | 'statements'> & {
    readonly settlement: { readonly statements: HomeDeps['statements'] & BoardDeps['statements'] }
  }

/** What looks over all the others, and is leant on by none. */
export const furnishViews = ({ database, clock }: Ground, rooms: ViewedRooms) => ({
  search: furnishSearch({ database, clock }, rooms),
  places: createPlacesService({ database, ...rooms }),
  home: createHomeService({ ...rooms, database, clock, statements: rooms.settlement.statements }),
  board: createBoardService({ ...rooms, database, clock, statements: rooms.settlement.statements }),
})
