export type { ConsoleLimits } from './model.ts'
export { routeConsoles } from './routes.ts'
export { createConsoleService } from './service.ts'
