import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { createClient, fromId, sessionCreate } from '../../packages/contract/src/index.ts'
import type { Bench } from './bench.ts'
import { openOffice, staffPassword } from './office.ts'
import { startServer } from './server.ts'
import { median } from './statistics.ts'

const bareFile = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
const atOnce = 16
const roundMs = 3_000
const rounds = 7

/** One party: how it is asked for one row, and told to make one. */
interface Party extends AsyncDisposable {
  read(): Promise<void>
  write(): Promise<void>
}

interface PartyAsk {
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: (name: string) => Readonly<Record<string, unknown>>
}

const createParty = async ({ origin, path, headers, body }: PartyAsk): Promise<Party> => {
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 })
  const ask = async (method: 'GET' | 'POST', to: string, told?: object): Promise<{ id: string }> => {
    const sent = told
      ? { body: JSON.stringify(told), headers: { ...headers, 'content-type': 'application/json' } }
      : { headers }
    const answer = await pool.request({ method, path: to, ...sent })
    const text = await answer.body.text()
    if (answer.statusCode !== (told ? 201 : 200)) throw new Error(`${method} ${to}: ${answer.statusCode} ${text}`)
    return JSON.parse(text)
  }
  const write = () => ask('POST', path, body(randomUUID()))
  const { id } = await write()
  return {
    read: async () => void (await ask('GET', `${path}/${id}`)),
    write: async () => void (await write()),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

const startBare = async (databaseUrl: string, stack: AsyncDisposableStack): Promise<string> => {
  const child = spawn(process.execPath, [bareFile], {
    env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  stack.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const found = /ready: (\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`the bare server ended: ${said}`)))
  })
}

/** How often in a second, with so many at once. */
const rateOf = async (act: () => Promise<void>): Promise<number> => {
  const begun = performance.now()
  let done = 0
  const worker = async () => {
    while (performance.now() - begun < roundMs) {
      await act()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (done / (performance.now() - begun)) * 1_000
}

const openParties = async (stack: AsyncDisposableStack) => {
  const server = stack.use(await startServer())
  const { departmentId: organisationId } = await openOffice(server.url)
  const signedIn = await createClient({ baseUrl: server.url }).call(sessionCreate, {
    body: { login: 'department', password: staffPassword },
  })
  const ours = await createParty({
    origin: server.url,
    path: '/api/v1/systems',
    headers: { authorization: `Bearer ${signedIn.token}` },
    body: (name) => ({ organisationId, name, securityGrade: 2 }),
  })
  const origin = await startBare(server.databaseUrl, stack)
  const uuid = fromId('organisation', organisationId)
  const bareAt = (path: string) =>
    createParty({ origin, path, headers: {}, body: (name) => ({ organisationId: uuid, name, securityGrade: 2 }) })
  const bare = stack.use(await bareAt('/systems'))
  return { ours: stack.use(ours), bare, poor: stack.use(await bareAt('/poor-systems')) }
}

/** Both parties by turns, so that whatever the machine does meanwhile it does to both. */
const compare = async (bare: () => Promise<void>, ours: () => Promise<void>) => {
  await rateOf(bare)
  await rateOf(ours)
  const pairs: { bare: number; ours: number }[] = []
  for (let round = 0; round < rounds; round++) pairs.push({ bare: await rateOf(bare), ours: await rateOf(ours) })
  return {
    barePerSecond: median(pairs.map((it) => it.bare)),
    perSecond: median(pairs.map((it) => it.ours)),
    bareOver: median(pairs.map((it) => it.bare / it.ours)),
  }
}

export const api: Bench = {
  name: 'api',
  says: 'an authorised read and an audited write, against bare fastify with one prepared statement on the same database',
  run: async (tell) => {
    await using stack = new AsyncDisposableStack()
    const { ours, bare, poor } = await openParties(stack)
    tell(`one row read, ${atOnce} at once, ${rounds} rounds of ${roundMs} ms each by turns`)
    const read = await compare(bare.read, ours.read)
    tell('one row written, authorised and audited, against the same into a twin of its table')
    const write = await compare(bare.write, ours.write)
    tell('and against the same into a table without the indexes that lists and searches run by')
    const poorly = await compare(poor.write, ours.write)
    return {
      figures: {
        bareReadPerSecond: read.barePerSecond,
        readPerSecond: read.perSecond,
        bareReadOverRead: read.bareOver,
        bareWritePerSecond: write.barePerSecond,
        writePerSecond: write.perSecond,
        bareWriteOverWrite: write.bareOver,
        poorWritePerSecond: poorly.barePerSecond,
        poorWriteOverWrite: poorly.bareOver,
      },
      // At least 0.5 and 0.4 of the bare one.
      limits: { bareReadOverRead: 2, bareWriteOverWrite: 2.5 },
    }
  },
}
