export { routeOrganisations } from './routes.ts'
export { createOrganisationService, type OrganisationAsk, type OrganisationService } from './service.ts'
