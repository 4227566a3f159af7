import { randomBytes } from 'node:crypto'
import { describeFault, encodeUuid, type Person } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invariant } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Database, forgetAnswers } from '../../platform/database/index.ts'
import { type Reconciler, reconciler } from '../../platform/reconcilers/index.ts'
import { demonstrationPolicy, type IdentityService, standardPolicy } from '../identity/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import { ensureInstallation, ensurePartitions, isThere } from './store.ts'

/** Six characters that tell our marks on a cloud from those of another Yiduo. */
const newCode = (): string => encodeUuid(`00000000-0000-0000-0000-${randomBytes(6).toString('hex')}`).slice(-6)

/** Whether a server has ever worked on this database. */
export const isInstalled = ({ plain }: Pick<Database, 'plain'>): Promise<boolean> => isThere(plain)

export const prepareDatabase = async (database: Database, clock: Clock): Promise<{ markPrefix: string }> => {
  await database.unrecorded((tx) => ensurePartitions(tx, clock.now()))
  return { markPrefix: `yd-${await database.unrecorded((tx) => ensureInstallation(tx, newCode(), clock.now()))}-` }
}

const administrators = [
  { login: 'sysadmin', name: '系统管理员', role: 'system-admin' },
  { login: 'secadmin', name: '安全管理员', role: 'security-admin' },
  { login: 'secadmin2', name: '安全管理员（二）', role: 'security-admin' }, // what one gives, the other confirms
  { login: 'auditadmin', name: '审计管理员', role: 'audit-admin' },
] as const

/** So many accounts a first set-up makes. */
export const administratorCount = administrators.length

const act = programAct('first-set-up', 'installation.create', 'first-set-up')

const agreed = <T>(it: T | Refusal): T => {
  invariant(!isRefusal(it), `the first set-up was refused: ${JSON.stringify(it)}`)
  return it
}

/** What was given for the first start cannot be used; whoever starts the server reads why. */
export class FirstSetUpError extends Error {}

const accountOf = (made: Person | Refusal, adminPassword: string | null): Person => {
  if (adminPassword !== null && isRefusal(made) && made.refused.code === 'password-too-weak')
    throw new FirstSetUpError(`YIDUO_ADMIN_PASSWORD: ${describeFault(made.refused, 'en').message}`)
  return agreed(made)
}

export interface FirstLogin {
  readonly login: string
  /** Null where it is the one that was given. */
  readonly oneTimePassword: string | null
}

type Rooms = { readonly identity: IdentityService; readonly organisations: OrganisationService }

const ensureProvince = async ({ organisations }: Rooms, name: string, divisionCode: string) =>
  (await organisations.root()) ??
  agreed(await organisations.create(act, { parentId: null, name, actor: 'authority', level: 'province', divisionCode }))

/** Those of its posts that nobody holds, or of two only one. */
const isVacant = async ({ identity }: Rooms, role: (typeof administrators)[number]['role'], provinceId: string) =>
  (await identity.countOver(role, provinceId)) < administrators.filter((it) => it.role === role).length

/** `secadmin`, and for whom nobody has had yet `secadmin2` and so on. */
const loginsFrom = (login: string): string[] => [
  login,
  ...Array.from({ length: 98 }, (_, n) => `${login.replace(/\d+$/, '')}${n + 2}`),
]

/** Who is to get a vacant post: somebody new. What was taken from an account, or what it has left, it never gets back. */
const heirOf = async ({ identity }: Rooms, login: string): Promise<{ login: string; known: Person | null }> => {
  for (const candidate of loginsFrom(login)) {
    const known = await identity.findByLogin(candidate)
    if (known === null) return { login: candidate, known }
    const { items: grants } = await identity.listGrants(act, { personId: known.id })
    // A crash came between the account and its post: nobody has used it since.
    if (grants.length === 0 && known.mustChangePassword && known.endedAt === null) return { login: candidate, known }
  }
  throw new Error(`no account is left for ${login}`)
}

/**
 * The province and its administrators (三员), on the first start; what a crash left out is made on the next, and so is
 * a second security administrator where there is but one, for then nobody could confirm another. A one-time password is
 * told before it is stored: told and not stored, the next start tells another; stored and not told, nobody could ever
 * log in.
 */
export const firstSetUp = async (
  rooms: Rooms,
  it: { provinceName: string; divisionCode: string; adminPassword: string | null; secondFactor: boolean },
  tell: (first: FirstLogin) => void,
): Promise<void> => {
  await rooms.identity.ensurePolicy(it.secondFactor ? standardPolicy : demonstrationPolicy)
  const province = await ensureProvince(rooms, it.provinceName, it.divisionCode)
  const organisationId = province.id
  for (const { login: first, name, role } of administrators) {
    if (!(await isVacant(rooms, role, organisationId))) continue
    const { login, known } = await heirOf(rooms, first)
    const password = it.adminPassword ?? `Y1-${randomBytes(9).toString('base64url')}`
    if (!known) tell({ login, oneTimePassword: it.adminPassword === null ? password : null })
    const ask = { login, name, organisationId, password }
    const lasts = it.adminPassword === null ? 'one-time' : 'lasting'
    const person = known ?? accountOf(await rooms.identity.createPerson(act, ask, lasts), it.adminPassword)
    agreed(await rooms.identity.createGrant(act, { personId: person.id, role, organisationId, reach: 'all' }))
  }
}

/** Makes next month's partitions in time and forgets what has run out. */
export const createHousekeeping = (
  database: Database,
  clock: Clock,
  identity: Pick<IdentityService, 'forgetExpiredSessions'>,
): Reconciler =>
  reconciler('housekeeping', 3_600_000, async () => {
    await ensurePartitions(database.plain, clock.now())
    await forgetAnswers(database.plain)
    await identity.forgetExpiredSessions()
  })
