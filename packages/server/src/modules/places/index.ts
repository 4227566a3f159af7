export { routePlaces } from './routes.ts'
export { createPlacesService } from './service.ts'
