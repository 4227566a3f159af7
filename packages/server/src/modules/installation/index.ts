export { createIntroduction, type Introduction } from './introduction.ts'
export { routeInstallation } from './routes.ts'
export { createHousekeeping, type FirstLogin, firstSetUp, prepareDatabase } from './service.ts'
