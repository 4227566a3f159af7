import { type Grant, type Person, toId } from '@yiduo/contract'
import type { GrantRow, PersonRow } from './store.ts'

export const viewPerson = (
  row: Omit<PersonRow, 'passwordHash' | 'failures' | 'lockedUntil' | 'passwordChangedAt'>,
): Person => ({
  id: toId('person', row.id),
  login: row.login,
  name: row.name,
  organisationId: toId('organisation', row.organisationId),
  mustChangePassword: row.mustChangePassword,
  kind: row.kind,
  endedAt: row.endedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

export const viewGrant = (row: GrantRow): Grant => ({
  id: toId('grant', row.id),
  personId: toId('person', row.personId),
  role: row.role,
  organisationId: toId('organisation', row.organisationId),
  reach: row.reach,
  until: row.until?.toISOString() ?? null,
})
