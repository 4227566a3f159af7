/**
 * The least that could answer: fastify, one pool, one prepared statement to an answer. It knows no session, no grant, no
 * contract and no trail. `DATABASE_URL` says where. Of its tables one is the product's own twin, with its indexes and its
 * reference; the other has no more than a table must.
 */
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

interface BareSystem {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly securityGrade: number
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 20 })
await pool.query('create table bare_systems (like business_systems including all)')
await pool.query('alter table bare_systems add foreign key (organisation_id) references organisations (id)')
await pool.query(
  'create table poor_systems (like business_systems including defaults, primary key (id), unique (organisation_id, name))',
)

const app = Fastify()
app.get<{ Params: { id: string } }>('/systems/:id', async ({ params }, reply) => {
  const text = 'select * from bare_systems where id = $1'
  const { rows } = await pool.query<BareSystem>({ name: 'one', text, values: [params.id] })
  return rows[0] ?? reply.code(404).send({})
})
for (const [path, table] of [
  ['/systems', 'bare_systems'],
  ['/poor-systems', 'poor_systems'],
] as const)
  app.post<{ Body: BareSystem }>(path, async ({ body }, reply) => {
    const text = `insert into ${table} (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
                  values ($1, $2, $3, $4, 'general', 'none', 'public', now()) returning *`
    const values = [randomUUID(), body.organisationId, body.name, body.securityGrade]
    const { rows } = await pool.query<BareSystem>({ name: table, text, values })
    return reply.code(201).send(rows[0])
  })
console.log(`ready: ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
