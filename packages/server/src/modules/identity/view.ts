import { type Person, type SessionGrant, toId } from '@yiduo/contract'
import type { HeldGrant } from '../../kernel/act.ts'
import type { PersonRow } from './store.ts'

export const viewPerson = (
  row: Pick<
    PersonRow,
    | 'id'
    | 'login'
    | 'name'
    | 'organisationId'
    | 'passwordHash'
    | 'mustChangePassword'
    | 'kind'
    | 'endedAt'
    | 'createdAt'
  >,
): Person => ({
  id: toId('person', row.id),
  login: row.login,
  name: row.name,
  organisationId: toId('organisation', row.organisationId),
  mustChangePassword: row.mustChangePassword,
  hasPassword: row.passwordHash !== '',
  kind: row.kind,
  endedAt: row.endedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

export const viewHeld = (it: HeldGrant, personId: string): SessionGrant => ({
  id: toId('grant', it.id),
  personId: toId('person', personId),
  role: it.role,
  organisationId: toId('organisation', it.organisationId),
  reach: it.reach,
  until: it.until?.toISOString() ?? null,
  emergency: it.emergency ?? false,
})
