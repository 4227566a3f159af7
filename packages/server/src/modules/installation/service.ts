import { randomBytes } from 'node:crypto'
import { encodeUuid } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invariant } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Database, forgetAnswers } from '../../platform/database/index.ts'
import { type Reconciler, reconciler } from '../../platform/reconcilers/index.ts'
import type { IdentityService } from '../identity/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import { ensureInstallation, ensurePartitions } from './store.ts'

/** Six characters that tell our marks on a cloud from those of another Yiduo. */
const newCode = (): string => encodeUuid(`00000000-0000-0000-0000-${randomBytes(6).toString('hex')}`).slice(-6)

export const prepareDatabase = async (database: Database, clock: Clock): Promise<{ markPrefix: string }> => {
  await database.unrecorded((tx) => ensurePartitions(tx, clock.now()))
  return { markPrefix: `yd-${await database.unrecorded((tx) => ensureInstallation(tx, newCode(), clock.now()))}-` }
}

const administrators = [
  { login: 'sysadmin', name: '系统管理员', role: 'system-admin' },
  { login: 'secadmin', name: '安全管理员', role: 'security-admin' },
  { login: 'auditadmin', name: '审计管理员', role: 'audit-admin' },
] as const

const agreed = <T>(it: T | Refusal): T => {
  invariant(!isRefusal(it), `the first set-up was refused: ${JSON.stringify(it)}`)
  return it
}

export interface FirstLogin {
  readonly login: string
  readonly password: string
  readonly oneTime: boolean
}

/**
 * The province and its three administrators (三员), on the first start only. Without a password given, each
 * gets a one-time password that is shown once and stored hashed.
 */
export const firstSetUp = async (
  {
    database,
    identity,
    organisations,
  }: { database: Database; identity: IdentityService; organisations: OrganisationService },
  it: { provinceName: string; divisionCode: string; adminPassword: string | null },
): Promise<readonly FirstLogin[]> => {
  if (!(await identity.isEmpty(database.plain))) return []
  const act = programAct('first-set-up', 'installation.create', 'first-set-up')
  const province = agreed(
    await organisations.create(act, {
      parentId: null,
      name: it.provinceName,
      actor: 'authority',
      level: 'province',
      divisionCode: it.divisionCode,
    }),
  )
  const made: FirstLogin[] = []
  for (const { login, name, role } of administrators) {
    const password = it.adminPassword ?? `Y1-${randomBytes(9).toString('base64url')}`
    const oneTime = it.adminPassword === null
    const person = agreed(
      await identity.createPerson(act, { login, name, organisationId: province.id, password }, oneTime),
    )
    agreed(await identity.createGrant(act, { personId: person.id, role, organisationId: province.id, reach: 'all' }))
    made.push({ login, password, oneTime })
  }
  return made
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
