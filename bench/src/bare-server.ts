/**
 * The least that could answer: fastify, one pool, one prepared statement to an answer. It knows no session, no grant, no
 * contract and no trail. `DATABASE_URL` says where; its table is its own.
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
await pool.query(
  `create table if not exists bare_systems (id uuid primary key, organisation_id uuid not null, name text not null,
     security_grade integer not null, data_class text not null default 'general', recovery_mode text not null
     default 'none', zone text not null default 'public', created_at timestamptz not null default now(),
     unique (organisation_id, name))`,
)

const app = Fastify()
app.get<{ Params: { id: string } }>('/systems/:id', async ({ params }, reply) => {
  const text = 'select * from bare_systems where id = $1'
  const { rows } = await pool.query<BareSystem>({ name: 'one', text, values: [params.id] })
  return rows[0] ?? reply.code(404).send({})
})
app.post<{ Body: BareSystem }>('/systems', async ({ body }, reply) => {
  const text =
    'insert into bare_systems (id, organisation_id, name, security_grade) values ($1, $2, $3, $4) returning *'
  const values = [randomUUID(), body.organisationId, body.name, body.securityGrade]
  const { rows } = await pool.query<BareSystem>({ name: 'add', text, values })
  return reply.code(201).send(rows[0])
})
console.log(`ready: ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
