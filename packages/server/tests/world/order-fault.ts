import { orderFault, type SimFaultOrder } from '@yiduo/drivers'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts'
import { simDatabaseAt } from './statements.ts'

/**
 * `order-fault.ts FOLDER CLOUD ORDER`: what goes wrong in a simulated cloud of a province that runs on its embedded
 * PostgreSQL, as JSON. For tests of the console, which have the whole program before them and none of its parts.
 */
const [folder = '', cloud = '', order = ''] = process.argv.slice(2)
await using postgres = await startEmbeddedPostgres({ dataFolder: `${folder}/postgres`, log: () => undefined })
await orderFault(simDatabaseAt(postgres.url), cloud, JSON.parse(order) as SimFaultOrder) // the test writes it
