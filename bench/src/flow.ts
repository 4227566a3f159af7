import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { pino } from 'pino'
import { type Client, ProblemError, requestApprove } from '../../packages/contract/src/index.ts'
import { createSimCloud } from '../../packages/drivers/src/index.ts'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'
import { simDatabase } from '../../packages/server/src/platform/database/sim-database.ts'
import type { Bench } from './bench.ts'
import { draft, submit } from './journey.ts'
import { type Office, openOffice } from './office.ts'
import { type Server, startServer } from './server.ts'
import { median, quantile } from './statistics.ts'

/**
 * What is measured, and why so. Two hundred requests are approved in one breath, each for a server, a volume and an
 * address, with every safety of the database on. The clouds take no time of their own, so every instant from the first
 * approval to the last end is ours: processor, database, and waiting for one another. That time has no gaps, and at
 * each instant it is shared equally by the requests that are then in hand (approved, their work begun, not yet ended).
 * A request's own time is the sum of its shares. So the own times of all add up to the whole time, nothing is left
 * out, and waiting behind others is counted once, as their work, and not again in each that waits.
 *
 * The statements with which the simulated clouds keep their world run on the same processors and the same PostgreSQL.
 * They are counted as ours: taking them out would need trust, and leaving them in only makes the figures too high.
 */
const requests = 200
const rounds = 3
const clouds = 10
/** Less than is asked for in all: the last ones must be refused in words, not lost. */
const room = requests * rounds - clouds

const token = 'bench'
const imageName = 'tiny-linux'
const size = { vcpus: 1, memoryMib: 2_048 }

const createClouds = async (databaseUrl: string): Promise<void> => {
  await using database = createDatabase({ url: databaseUrl, connections: 2, log: pino({ level: 'silent' }) })
  for (let index = 0; index < clouds; index++)
    await createSimCloud(simDatabase(database), {
      name: `instant-${index}`,
      token,
      hosts: [{ prefix: 'host', count: 1, vcpus: room / clouds, memoryMib: 2_000_000, diskGib: 1_000_000 }],
      flavours: [{ name: 'small', ...size, diskGib: 20 }],
      images: [{ name: imageName, minimumDiskGib: 1, minimumMemoryMib: 256 }],
      externalRange: `10.${128 + index}.0.0/16`,
      times: { callLatencyMs: 0, serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 },
    })
}

/** Answers false where it was refused in words; everything else is a failure of the bench. */
const approve = async (operator: Client, requestId: string): Promise<boolean> => {
  try {
    await operator.call(requestApprove, { params: { requestId }, body: {} })
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 422) return false
    throw error
  }
}

/** When work on a request began and when it ended, as the journal has it. */
interface Span {
  readonly beganMs: number
  readonly endedMs: number
}

/** Each instant divided among the spans that it lies in. */
const sharesOf = (spans: readonly Span[]): number[] => {
  const instants = [...new Set(spans.flatMap(({ beganMs, endedMs }) => [beganMs, endedMs]))].sort((a, b) => a - b)
  const shares = spans.map(() => 0)
  for (const [index, from] of instants.entries()) {
    const to = instants[index + 1] ?? from
    const inHand = spans.flatMap((it, place) => (it.beganMs <= from && to <= it.endedMs ? [place] : []))
    for (const place of inHand) shares[place] = (shares[place] ?? 0) + (to - from) / inHand.length
  }
  return shares
}

interface Ended extends Span {
  readonly state: string
  readonly servers: number
  readonly volumes: number
  readonly addresses: number
}

/** What came of each, from its first step to its last, and how many things of it stand on the clouds. */
const endedOf = async (pool: Pool, systemName: string): Promise<Ended[]> => {
  const { rows } = await pool.query<Ended>(
    `with p as (select cloud, id from sim.project where name like $1 || '%')
     select (extract(epoch from min(s.started_at)) * 1000)::float8 as "beganMs",
            (extract(epoch from max(o.ended_at)) * 1000)::float8 as "endedMs", r.state,
            (select count(*)::int from sim.server join p on p.id = project_id where name = l.name) as servers,
            (select count(*)::int from sim.volume join p on p.id = project_id where name = l.name || '-data') as volumes,
            (select count(*)::int from sim.address join p on p.id = project_id where name = l.name || '-address') as addresses
     from service_requests r join request_lines l on l.request_id = r.id
     join business_systems b on b.id = r.system_id and b.name like $1 || '%'
     join deliveries d on d.request_id = r.id join operations o on o.id = d.operation_id
     join operation_steps s on s.operation_id = o.id
     group by r.id, r.state, l.name`,
    [systemName],
  )
  return rows
}

/** Looked for rarely and cheaply: it goes on beside what is measured. */
const nothingUnderWay = async (pool: Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query('select from operations where ended_at is null limit 1')
    if (rows.length === 0) return
    await delay(250)
  }
}

/** Drafted and sent by the department, waiting for the operator. */
const send = async (office: Office, planId: string, systemName: string): Promise<string[]> => {
  const sent: string[] = []
  // A system for each four: most requests find the project of their system made already.
  for (let index = 0; index < requests / 4; index++) {
    const systemId = await office.system(`${systemName}-${index}`)
    for (let part = 0; part < 4; part++) {
      const ask = { planId, name: `${systemName}-${index}-${part}`, dataVolumeGib: 1, publicAddress: true }
      const requestId = await draft(office.department, systemId, ask)
      await submit(office.department, requestId)
      sent.push(requestId)
    }
  }
  return sent
}

interface Round {
  readonly wallMs: number
  readonly processorMs: number
  readonly shares: readonly number[]
  readonly delivered: number
  readonly refused: number
  readonly wrong: number
}

const round = async (server: Server, office: Office, pool: Pool, planId: string, name: string): Promise<Round> => {
  const sent = await send(office, planId, name)
  const processorMs = await server.processorMs()
  const approvalMs = Date.now()
  const answers = await Promise.all(sent.map((id) => approve(office.operator, id)))
  const accepted = answers.filter(Boolean).length
  await nothingUnderWay(pool)
  const processorAfterMs = await server.processorMs()
  const ended = await endedOf(pool, name)
  const isRight = (it: Ended) => it.state === 'testing' && it.servers === 1 && it.volumes === 1 && it.addresses === 1
  return {
    wallMs: Math.max(...ended.map((it) => it.endedMs)) - approvalMs,
    processorMs: processorAfterMs - processorMs,
    shares: sharesOf(ended.map(({ beganMs, endedMs }) => ({ beganMs, endedMs }))),
    delivered: ended.filter(isRight).length,
    refused: requests - accepted,
    wrong: ended.filter((it) => !isRight(it)).length + accepted - ended.length,
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, it) => total + it, 0)

export const flow: Bench = {
  name: 'flow',
  says: 'two hundred requests approved at once, on simulated clouds that take no time: our own time for each',
  run: async (tell) => {
    await using server: Server = await startServer()
    await createClouds(server.databaseUrl)
    const office = await openOffice(server.url)
    for (let index = 0; index < clouds; index++)
      await office.platform({
        code: `instant-${index}`,
        driver: 'sim',
        endpoint: `sim://instant-${index}`,
        credential: { token },
      })
    const planId = await office.plan({ code: 'small', imageName, approvedByRule: false, ...size, systemDiskGib: 20 })
    await using database = createDatabase({ url: server.databaseUrl, connections: 2, log: pino({ level: 'silent' }) })
    const done: Round[] = []
    for (let index = 0; index < rounds; index++) {
      const it = await round(server, office, database.pool, planId, `round-${index}`)
      tell(`round ${index + 1}: ${it.delivered} delivered, ${it.refused} refused, ${(it.wallMs / 1_000).toFixed(1)} s`)
      done.push(it)
    }
    return {
      figures: {
        requests,
        delivered: sum(done.map((it) => it.delivered)),
        refused: sum(done.map((it) => it.refused)),
        lostOrTwice: sum(done.map((it) => it.wrong)),
        ownMsMean: median(done.map((it) => it.wallMs / (requests - it.refused))),
        ownMsP50: median(done.map((it) => quantile(it.shares, 0.5))),
        ownMsP99: median(done.map((it) => quantile(it.shares, 0.99))),
        processorMsMean: median(done.map((it) => it.processorMs / (requests - it.refused))),
        slowestMs: median(done.map((it) => it.wallMs)),
      },
      limits: { lostOrTwice: 0, ownMsMean: 50, ownMsP50: 50, ownMsP99: 500 },
    }
  },
}
