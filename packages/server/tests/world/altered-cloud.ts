import type { Driver } from '@yiduo/driver-api'
import { createSimFactory } from '@yiduo/drivers'
import type { DriverRegistry } from '../../src/modules/nodes/index.ts'
import type { Ground } from './ground.ts'
import { simDatabaseAt } from './statements.ts'

/** What a driver answers in place of the simulated cloud's own, by method; a test changes it as it goes. */
export interface Alterations {
  list?: Driver['list']
  get?: Driver['get']
}

/** The simulated clouds of a ground behind a driver that answers, where a test says so, what they never would. */
export const createAlteredRegistry = ({ databaseUrl }: Ground, altered: Alterations): DriverRegistry => {
  const sim = createSimFactory({ database: simDatabaseAt(databaseUrl) })
  return {
    sim: {
      ...sim,
      create: (connection) => {
        const driver = sim.create(connection)
        return {
          ...driver,
          list: (kind, cursor) => (altered.list ?? driver.list)(kind, cursor),
          get: (kind, externalId, project) => (altered.get ?? driver.get)(kind, externalId, project),
        }
      },
    },
  }
}
