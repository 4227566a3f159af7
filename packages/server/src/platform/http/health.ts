import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from '../database/index.ts'
import { canRead, operationCounts } from './store.ts'

/** For load balancers and monitoring: alive, able to serve, and in figures. */
export const routeHealth = (app: FastifyInstance, database: Database): void => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'yiduo_operations',
    help: 'Unfinished operations by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { state, count } of await operationCounts(database.plain)) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'yiduo_database_connections',
    help: 'Connections of this process to the database',
    registers: [registry],
    collect() {
      this.set(database.pool.totalCount)
    },
  })
  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const ready = await canRead(database.plain).catch(() => false)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'database-unavailable' })
  })
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}
