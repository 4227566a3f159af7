export { createIntroduction, type Introduction } from './introduction.ts'
export { routeInstallation } from './routes.ts'
export { createHousekeeping, type FirstLogin, firstSetUp, isInstalled, prepareDatabase } from './service.ts'
