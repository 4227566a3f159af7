import type { Driver } from '@yiduo/driver-api'
import { createSimFactory } from '@yiduo/drivers'
import type { DriverRegistry } from '../../src/modules/nodes/index.ts'
import type { Overrides } from '../../src/overrides.ts'
import { createGround, type Ground } from './ground.ts'
import { simDatabaseAt } from './statements.ts'
import { createWorld, type World } from './world.ts'

/** What a driver answers in place of the simulated cloud's own, by method; a test changes it as it goes. */
export interface Alterations {
  list?: Driver['list']
  get?: Driver['get']
  openConsole?: Driver['consoles']['open']
}

/** The simulated clouds of a ground behind a driver that answers, where a test says so, what they never would. */
const createAlteredRegistry = ({ databaseUrl }: Ground, altered: Alterations): DriverRegistry => {
  const sim = createSimFactory({ database: simDatabaseAt(databaseUrl) })
  return {
    sim: {
      ...sim,
      create: (connection) => {
        const driver = sim.create(connection)
        return {
          ...driver,
          list: (kind, cursor) => (altered.list ?? driver.list)(kind, cursor),
          consoles: { open: (ask) => (altered.openConsole ?? driver.consoles.open)(ask) },
          get: (kind, externalId, project) => (altered.get ?? driver.get)(kind, externalId, project),
        }
      },
    },
  }
}

/** A world with such a cloud, yet to be connected. */
export const createAlteredWorld = async (
  altered: Alterations,
  overrides: Omit<Overrides, 'registry'> = {},
): Promise<World> => {
  await using stack = new AsyncDisposableStack()
  const ground = stack.use(await createGround())
  const world = stack.use(
    await createWorld({ ground, overrides: { ...overrides, registry: createAlteredRegistry(ground, altered) } }),
  )
  const kept = stack.move()
  return { ...world, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
