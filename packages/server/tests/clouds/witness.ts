import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { type Static, type TSchema, Type } from 'typebox'
import Value from 'typebox/value'

/**
 * The independent witness: OpenStack's own command line, which shares not a line with our driver. It runs under the
 * system's Python; both can be named by the environment.
 */
const python = process.env.YIDUO_PYTHON ?? '/usr/bin/python3'
const cli = process.env.YIDUO_OPENSTACK_CLI ?? '/usr/bin/openstack'

/** One process does many commands: starting the CLI costs seconds, a command tenths of one. */
const run = async (commands: readonly string[], region?: string): Promise<{ said: string; complained: string }> => {
  // PYTHONPATH may lead the system's Python to other packages than its own.
  const { PYTHONPATH: _unset, ...own } = process.env
  const env = region === undefined ? own : { ...own, OS_REGION_NAME: region }
  const child = spawn(python, ['-W', 'ignore', cli], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(`${commands.join('\n')}\n`)
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { said, complained: complained.trim() }
}

/** The JSON documents of a stream, one after another, each printed over several lines with its end at the margin. */
const documentsIn = (said: string): unknown[] => {
  const documents: unknown[] = []
  let lines: string[] = []
  for (const line of said.split('\n')) {
    if (line === '' && lines.length === 0) continue
    lines.push(line)
    if (!/^(\[\]|\{\}|\]|\})$/.test(line)) continue
    documents.push(JSON.parse(lines.join('\n')))
    lines = []
  }
  return documents
}

export interface Question<S extends TSchema> {
  readonly command: string
  readonly schema: S
}
type Answers<Q extends Record<string, Question<TSchema>>> = { readonly [K in keyof Q]: Static<Q[K]['schema']> }

/** Asks all at once and answers the columns of the schema; throws with the CLI's words if one of them has no answer. */
export const askCloud = async <Q extends Record<string, Question<TSchema>>>(
  questions: Q,
  region?: string,
): Promise<Answers<Q>> => {
  const asked = Object.entries(questions)
  const { said, complained } = await run(
    asked.map(([, { command }]) => `${command} -f json`),
    region,
  )
  const answers = documentsIn(said)
  if (answers.length !== asked.length) throw new Error(`the witness is silent: ${complained}\n${said}`)
  return Object.fromEntries(
    asked.map(([name, { schema }], position) => [name, Value.Parse(schema, Value.Clean(schema, answers[position]))]),
  ) as Answers<Q> // each was parsed by the schema of its name
}

/** Does things that answer nothing; throws with the CLI's words if one of them fails. */
export const tellCloud = async (...commands: readonly string[]): Promise<void> => {
  const { complained } = await run(commands)
  if (complained !== '') throw new Error(`the witness could not: ${commands.join('; ')}\n${complained}`)
}

/** The same where what is to be done may be done already. */
export const tryCloud = async (...commands: readonly string[]): Promise<void> => {
  await run(commands)
}

const row = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Array(Type.Object({ ID: Type.String(), ...properties }))
const Name = Type.String()
const Project = Type.String()

/** What the tests ask for, with the columns they read. */
export const listings = {
  projects: { command: 'project list --long', schema: row({ Name, Description: Type.String() }) },
  servers: {
    // No addresses: Nova shows a floating one only some time after Neutron has bound it.
    command: 'server list --all-projects --long --no-name-lookup',
    schema: row({ Name, Status: Type.String() }),
  },
  volumes: {
    command: 'volume list --all-projects --long',
    schema: row({
      Name,
      Status: Type.String(),
      Size: Type.Integer(),
      'Attached to': Type.Array(Type.Object({ server_id: Type.String() })),
    }),
  },
  ports: { command: 'port list --long', schema: row({ Name, 'Device Owner': Type.String() }) },
  networks: { command: 'network list --long', schema: row({ Name, Project }) },
  subnets: { command: 'subnet list --long', schema: row({ Name, Project }) },
  routers: { command: 'router list --long', schema: row({ Name, Project }) },
  addresses: {
    command: 'floating ip list --long',
    schema: row({
      Project,
      Description: Type.String(),
      'Floating IP Address': Type.String(),
      'Fixed IP Address': Type.Union([Type.String(), Type.Null()]),
    }),
  },
  securityGroups: { command: 'security group list', schema: row({ Project }) },
} as const satisfies Record<string, Question<TSchema>>

export const regionList = { command: 'region list', schema: Type.Array(Type.Object({ Region: Type.String() })) }

export const serverShown = (id: string) => ({
  command: `server show ${id}`,
  schema: Type.Object({
    project_id: Type.String(),
    status: Type.String(),
    flavor: Type.String(),
    addresses: Type.Record(Type.String(), Type.Array(Type.String())),
    volumes_attached: Type.Array(Type.Object({ id: Type.String() })),
  }),
})

/** What Nova notes of what was done to a server. */
export const serverEvents = (id: string) => ({
  command: `server event list ${id}`,
  schema: Type.Array(Type.Object({ Action: Type.String() })),
})
