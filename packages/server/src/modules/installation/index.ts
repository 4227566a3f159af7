export { createHousekeeping, firstSetUp, prepareDatabase } from './service.ts'
