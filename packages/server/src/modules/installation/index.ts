export { createHousekeeping, type FirstLogin, firstSetUp, prepareDatabase } from './service.ts'
