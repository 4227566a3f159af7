import { type Connection, type Driver, type DriverFactory, done } from '@yiduo/driver-api'
import { Type } from 'typebox'
import { createAddresses } from './addresses/facet.ts'
import { createCaller } from './call.ts'
import { capabilitiesOf } from './clouds/model.ts'
import { createConsoles } from './consoles/facet.ts'
import { createScreens } from './consoles/screens.ts'
import type { SimDatabase } from './database.ts'
import { createInventory } from './inventory/list.ts'
import { createNetworks } from './networks/facet.ts'
import { probe } from './probe.ts'
import { createProjects } from './projects/facet.ts'
import { createServerGroups } from './server-groups/facet.ts'
import { createServers } from './servers/facet.ts'
import { createSnapshots } from './snapshots/facet.ts'
import { createUsage } from './usage/facet.ts'
import { createVolumes } from './volumes/facet.ts'

/** The simulated cloud as a driver. Its endpoint is `sim://<name>` of a cloud that `createSimCloud` made. */
export const createSimFactory = ({ database }: { readonly database: SimDatabase }): DriverFactory => ({
  name: 'sim',
  title: { 'zh-CN': '模拟云', en: 'Simulated cloud' },
  settings: Type.Object({}),
  credential: Type.Object({ token: Type.String({ minLength: 1 }) }),
  create: (connection) => createSimDriver(database, connection),
})

const createSimDriver = (database: SimDatabase, connection: Connection): Driver => {
  const caller = createCaller(database, connection)
  const screens = createScreens(connection.now)
  return {
    probe: () => probe(caller, connection),
    capabilities: () => caller.read('capabilities', async ({ cloud }) => done(capabilitiesOf(cloud))),
    ...createInventory(caller),
    projects: createProjects(caller),
    networks: createNetworks(caller),
    volumes: createVolumes(caller),
    snapshots: createSnapshots(caller),
    servers: createServers(caller),
    serverGroups: createServerGroups(caller),
    addresses: createAddresses(caller),
    consoles: createConsoles({ caller, screens, clock: connection.now }),
    usage: createUsage(caller),
    // The database belongs to whoever passed it in.
    [Symbol.asyncDispose]: () => screens[Symbol.asyncDispose](),
  }
}
