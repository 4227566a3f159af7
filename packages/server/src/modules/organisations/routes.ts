import { organisationCreate, organisationGet, organisationList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { OrganisationService } from './service.ts'

export const routeOrganisations = (bind: Bind, organisations: OrganisationService): void => {
  bind(organisationList, ({ act, query }) => organisations.list(act, query))
  bind(organisationGet, ({ act, params }) => organisations.get(act, params.organisationId))
  bind(organisationCreate, ({ act, body }) => organisations.create(act, body))
}
