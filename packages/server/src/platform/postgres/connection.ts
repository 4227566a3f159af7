import { Client } from 'pg'
import { type Cluster, roleName } from './cluster.ts'
import type { Listening } from './settings.ts'

/** In libpq's own form: a socket's folder goes into `host`, so that other tools can use the same address. */
export const urlOf = ({ password }: Cluster, { socketFolder, port }: Listening, database: string): string =>
  socketFolder === null
    ? `postgres://${roleName}:${password}@127.0.0.1:${port}/${database}`
    : `postgres://${roleName}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`

/** An open connection, or what stands in its way: not listening yet, starting up, shutting down, wrong password, … */
export const tryConnect = async (url: string): Promise<Client | Error> => {
  const client = new Client({
    connectionString: url,
    application_name: 'yiduo-embedded',
    connectionTimeoutMillis: 5_000,
  })
  // A connection that breaks later must not end the process by an unhandled 'error'.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (fault) {
    // Not awaited: pg never settles it for a connection that did not come about.
    void client.end().catch(() => undefined)
    return fault instanceof Error ? fault : new Error(String(fault))
  }
}

/** Only a server that speaks answers with an SQLSTATE. */
export const sqlStateOf = (fault: unknown): string | null =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : null
