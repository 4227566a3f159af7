export { createSimCloud } from './clouds/create.ts'
export type {
  MissingCapabilities,
  SimCloudDescription,
  SimFlavour,
  SimHostGroup,
  SimImage,
  SimTimes,
} from './clouds/model.ts'
export type { SimDatabase } from './database.ts'
export { createSimFactory } from './factory.ts'
export type { SimCallName, SimFaultMode, SimFaultOrder } from './faults/model.ts'
export { clearFaults, type OrderedFault, orderFault } from './faults/orders.ts'
export { isLoadProfile, type LoadProfileName, loadOf } from './load/model.ts'
export type { SimHostRoom, SimStock, SimSurvey } from './stock/model.ts'
export { stockSimCloud, surveySimCloud } from './stock/stock.ts'
