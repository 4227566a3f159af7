import {
  type AuditEntry,
  auditList,
  type BodyOf,
  type IdentityProvider,
  type IdentityProviderRules,
  identityProviderCreate,
  identityProviderDisable,
  identityProviderEnable,
  identityProviderSetRules,
  type Session,
} from '@yiduo/contract'
import { addPerson } from './people.ts'
import { problemIn, signIn } from './raw.ts'
import { groupOf, people, type Slapd, searcher, startSlapd } from './slapd.ts'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** A province that is connected to a directory. */
export interface DirectoryStage extends AsyncDisposable {
  readonly world: World
  readonly slapd: Slapd
  readonly provider: IdentityProvider
  readonly standardRules: IdentityProviderRules
  rules(changed?: Partial<IdentityProviderRules>): Promise<IdentityProvider>
  switchOn(): Promise<IdentityProvider>
  switchOff(): Promise<IdentityProvider>
  entries(operation: string): Promise<AuditEntry[]>
}

export const directoryAsk = (
  slapd: Slapd,
  settings: Partial<Extract<IdentityProvider['settings'], { kind: 'directory' }>> = {},
): BodyOf<typeof identityProviderCreate> => ({
  ...{ code: 'directory', name: '省民政厅目录', secret: searcher.password },
  settings: {
    ...{ kind: 'directory', url: slapd.url, startTls: false, authorities: null, bindDn: searcher.dn },
    ...{ baseDn: people, filter: '(objectClass=inetOrgPerson)', subject: 'entryUUID' },
    ...settings,
  },
  claims: { login: 'uid', name: 'cn', organisation: 'ou', roles: 'memberOf' },
})

export const createDirectoryStage = async (options: WorldOptions = {}): Promise<DirectoryStage> => {
  await using stack = new AsyncDisposableStack()
  const slapd = stack.use(await startSlapd())
  const world = stack.use(await createWorld(options))
  const { province, department } = world.province
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const)
    await addPerson(world.yiduo, role, { role, at: province, reach: 'all' })
  const provider = await world.call('system-admin', identityProviderCreate, { body: directoryAsk(slapd) })
  const params = { identityProviderId: provider.id }
  const standardRules: IdentityProviderRules = {
    ...{ newcomers: 'create', adopts: false, organisationId: null },
    organisations: [{ value: 'D-01', organisationId: department.id }],
    roles: [{ value: groupOf('cloud-users'), role: 'department', reach: 'own' }],
  }
  const kept = stack.move()
  return {
    ...{ world, slapd, provider, standardRules },
    rules: (changed = {}) =>
      world.call('security-admin', identityProviderSetRules, { params, body: { ...standardRules, ...changed } }),
    switchOn: () => world.call('security-admin', identityProviderEnable, { params }),
    switchOff: () => world.call('security-admin', identityProviderDisable, { params }),
    entries: async (operation) =>
      (await world.call('audit-admin', auditList, { query: { limit: 500 } })).items.filter(
        (it) => it.operation === operation,
      ),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** What becomes of an attempt: how far the session is, or why there is none. */
export const attempt = async (
  world: Pick<World, 'url'>,
  login: string,
  password: string,
): Promise<{ code: string } | { session: Session }> => {
  const answer = await signIn(world, login, password)
  return answer.status === 201 ? { session: answer.body as Session } : { code: problemIn(answer).code } // by its status
}
