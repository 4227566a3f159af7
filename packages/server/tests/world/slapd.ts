import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Attribute, Change, Client } from 'ldapts'
import { type Authority, createAuthority } from './certificates.ts'
import { waitUntil } from './wait.ts'

const program = '/usr/sbin/slapd'

/** Skipped where there is no slapd, unless YIDUO_SLAPD_REQUIRED=1 says that there must be one. */
export const withoutSlapd = !existsSync(program) && process.env.YIDUO_SLAPD_REQUIRED !== '1'

const suffix = 'dc=province,dc=cn'
export const people = `ou=people,${suffix}`
const groups = `ou=groups,${suffix}`
export const searcher = { dn: `cn=searcher,${suffix}`, password: 'Searcher-2026-pw' }
const root = { dn: `cn=root,${suffix}`, password: 'root' }

export interface Entered {
  readonly uid: string
  readonly cn: string
  /** Of the department. */
  readonly ou?: string
  readonly password?: string
}

export interface Slapd extends AsyncDisposable {
  readonly url: string
  readonly secureUrl: string
  /** Whose certificate it shows. */
  readonly authority: Authority
  start(): Promise<void>
  stop(): Promise<void>
  /** Adds people in the order they come. */
  enter(...them: Entered[]): Promise<void>
  /** Whoever else has to be told to it, as its administrator. */
  change(dn: string, attribute: string, ...values: string[] | Buffer[]): Promise<void>
  rename(dn: string, to: string): Promise<void>
  remove(dn: string): Promise<void>
  /** Says that whoever is below an entry is to be asked for elsewhere (RFC 3296). */
  refer(dn: string, to: string): Promise<void>
  /** Puts somebody into a group, or takes them out. */
  group(name: string, ...members: string[]): Promise<void>
}

export const dnOf = (uid: string): string => `uid=${uid},${people}`
export const groupOf = (name: string): string => `cn=${name},${groups}`

const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((it) => once(it, 'listening')))
  const ports = servers.map((it) => (it.address() as AddressInfo).port) // a port was taken: it is no pipe
  await Promise.all(servers.map((it) => new Promise((resolve) => it.close(resolve))))
  return ports
}

// As in many a directory: nobody reads it but a searcher, who gets no more than 500 at once and pages through the rest;
// and whoever comes without a password is let in as nobody, and told that all is well.
const configuration = (folder: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.3.6.1.4.1.55555.1 NAME 'objectGUID'
  EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.55555.2 NAME 'numbered' AUXILIARY MAY objectGUID )
allow bind_anon_cred bind_anon_dn
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile ${folder}/slapd.pid
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
database mdb
suffix "${suffix}"
rootdn "${root.dn}"
rootpw ${root.password}
directory ${folder}/data
maxsize 268435456
dbnosync
index objectClass,uid,entryUUID eq
limits dn.exact="${searcher.dn}" size.soft=500 size.hard=500 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${searcher.dn}" read by * none
overlay memberof
`

const foundations = async (client: Client): Promise<void> => {
  await client.add(suffix, { objectClass: ['dcObject', 'organization'], dc: 'province', o: 'province' })
  await client.add(people, { objectClass: 'organizationalUnit', ou: 'people' })
  await client.add(groups, { objectClass: 'organizationalUnit', ou: 'groups' })
  await client.add(searcher.dn, {
    objectClass: ['organizationalRole', 'simpleSecurityObject'],
    cn: 'searcher',
    userPassword: searcher.password,
  })
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

type AsRoot = (work: (client: Client) => Promise<unknown>) => Promise<void>

const changeOf = (type: string, values: string[] | Buffer[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

/** What its administrator does. */
const actsOf = (asRoot: AsRoot): Pick<Slapd, 'enter' | 'change' | 'rename' | 'remove' | 'refer' | 'group'> => ({
  enter: (...them) =>
    asRoot(async (client) => {
      for (const { uid, cn, ou, password } of them)
        await client.add(dnOf(uid), {
          ...{ objectClass: ['inetOrgPerson', 'numbered'], uid, cn, sn: cn },
          ...(ou === undefined ? {} : { ou }),
          ...(password === undefined ? {} : { userPassword: password }),
        })
    }),
  change: (dn, attribute, ...values) => asRoot((client) => client.modify(dn, changeOf(attribute, values))),
  rename: (dn, to) => asRoot((client) => client.modifyDN(dn, to)),
  remove: (dn) => asRoot((client) => client.del(dn)),
  refer: (dn, to) =>
    asRoot((client) => client.add(dn, { objectClass: ['referral', 'extensibleObject'], ou: 'elsewhere', ref: to })),
  group: (name, ...members) =>
    asRoot(async (client) => {
      const { searchEntries } = await client.search(groups, { filter: `(cn=${name})` })
      if (searchEntries.length > 0) await client.del(groupOf(name))
      if (members.length === 0) return
      await client.add(groupOf(name), { objectClass: 'groupOfNames', cn: name, member: members.map(dnOf) })
    }),
})

/** A real directory of its own, in a process of its own, with a department's people in it. */
export const startSlapd = async (): Promise<Slapd> => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-slapd-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const authority = await createAuthority('CN=directories of the province')
  const { pem, key } = await authority.issueServer()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'server.pem'), pem)
  await writeFile(join(folder, 'server.key'), key)
  await writeFile(join(folder, 'slapd.conf'), configuration(folder))
  const [port = 0, securePort = 0] = await freePorts(2)
  const url = `ldap://127.0.0.1:${port}`
  const secureUrl = `ldaps://127.0.0.1:${securePort}`

  let stop = async (): Promise<void> => undefined
  const start = async (): Promise<void> => {
    const child = spawn(program, ['-d', '0', '-h', `${url} ${secureUrl}`, '-f', join(folder, 'slapd.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (words: Buffer) => (said += words.toString()))
    let isOver = false
    const ended = once(child, 'exit')
      .catch((error: Error) => (said += error.message))
      .finally(() => {
        isOver = true
      })
    stop = async () => {
      child.kill()
      await ended
    }
    await waitUntil(async () => {
      if (isOver) throw new Error(`slapd ended: ${said}`)
      return accepts(port)
    })
  }
  stack.defer(() => stop())
  await start()

  const asRoot: AsRoot = async (work) => {
    await using client = new Client({ url, timeout: 10_000 })
    await client.bind(root.dn, root.password)
    await work(client)
  }
  await asRoot(foundations)
  const kept = stack.move()
  return {
    ...{ url, secureUrl, authority, start, stop: () => stop() },
    ...actsOf(asRoot),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
