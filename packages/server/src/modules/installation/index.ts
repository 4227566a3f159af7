export { createIntroduction, type Introduction } from './introduction.ts'
export { routeInstallation } from './routes.ts'
export {
  administratorCount,
  createHousekeeping,
  type FirstLogin,
  FirstSetUpError,
  firstSetUp,
  isInstalled,
  prepareDatabase,
} from './service.ts'
