import type { SimDatabase } from '../database.ts'
import type { SimStock, SimSurvey } from './model.ts'
import * as store from './store.ts'

/** What stands ready to be stocked: hosts with their room, images and flavours. */
export const surveySimCloud = async (database: SimDatabase, cloud: string): Promise<SimSurvey> => ({
  hosts: await store.hostRooms(database, cloud),
  images: await store.imagesOf(database, cloud),
  flavours: await store.flavoursOf(database, cloud),
})

/**
 * Puts things into a cloud in bulk, past its calls: no latency, no scheduler, no faults. Whoever stocks it keeps to what
 * its calls would have kept to (ports have networks, one server a port, no host beyond its memory).
 */
export const stockSimCloud = async (tx: SimDatabase, cloud: string, stock: SimStock): Promise<void> => {
  await store.stockProjects(tx, cloud, stock.projects)
  await store.stockNetworks(tx, cloud, stock.networks)
  await store.stockPorts(tx, cloud, stock.ports)
  await store.stockServers(tx, cloud, stock.servers)
  await store.stockVolumes(tx, cloud, stock.volumes)
  await store.stockAddresses(tx, cloud, stock.addresses)
}
