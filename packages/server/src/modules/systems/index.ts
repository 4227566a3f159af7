export { insertSystems } from './history-store.ts'
export { routeSystems } from './routes.ts'
export { createSystemService, type SystemService } from './service.ts'
export type { SystemRow } from './store.ts'
