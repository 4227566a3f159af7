import { changeOperations } from './change.ts'
import { literals } from './primitive.ts'

export const roles = [
  'authority',
  'operator',
  'department',
  'provider',
  'security-operator',
  'regulator',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const
export const Role = literals(roles)
export type Role = (typeof roles)[number]

/** 三员: nobody holds two of these (`standards`, mutual exclusion of the three posts). */
export const separatedDuties: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

const looking = [
  'organisation.list',
  'organisation.get',
  'system.list',
  'system.get',
  'offering.list',
  'offering.get',
  'component.list',
  'price.list',
  'request.list',
  'request.get',
  'resource.list',
  'resource.get',
  'operation.list',
  'operation.get',
  'usage.list',
  'usage.export',
  'bill.get',
  'bill.list',
  'bill.summary',
  'bill.export',
  'closing-policy.get',
  'quota.list',
  'system-quota.list',
  'advice.list',
  'event.stream',
] as const
const lookingAtClouds = [
  'node.list',
  'data-centre.list',
  'link.list',
  'platform.list',
  'platform.get',
  'pool.list',
  'orphan.list',
] as const

/** Each change of one's own things, and what it would come to. */
const changing = changeOperations.map(({ name }) => name)

/**
 * What each role may do. The server's checks, the filter of every list, the CLI's hints and the console's
 * buttons read this one table; `golden/permissions.txt` is its print.
 */
export const rolePermissions: Readonly<Record<Role, readonly string[]>> = {
  authority: [
    ...looking,
    ...lookingAtClouds,
    'component.create',
    'offering.create',
    'offering.edit',
    'plan.create',
    'price.set',
    'organisation.create',
    'closing-policy.set',
  ],
  operator: [
    ...looking,
    ...lookingAtClouds,
    'organisation.create',
    'system.create',
    'node.create',
    'data-centre.create',
    'data-centre.edit',
    'link.create',
    'link.edit',
    'platform.add',
    'platform.edit',
    'platform.probe',
    'component.create',
    'offering.create',
    'offering.edit',
    'plan.create',
    'price.set',
    'quota.set',
    'system-quota.set',
    'system-quota.remove',
    'request.quote',
    'request.approve',
    'request.return',
    'request.reject',
    'request.retry',
    'request.reclaim',
    'operation.take-back',
    'bill.close',
    'bill.correct',
    'advice.dismiss',
    'person.list',
  ],
  department: [
    ...looking,
    'platform.list',
    'system.create',
    'request.quote',
    'request.create',
    'request.edit',
    'request.submit',
    'request.discard',
    'request.pass-test',
    'request.fail-test',
    'request.reclaim',
    ...changing,
    'advice.dismiss',
  ],
  provider: [...lookingAtClouds, 'offering.list', 'offering.get', 'component.list', 'price.list'],
  'security-operator': [...looking, ...lookingAtClouds],
  regulator: [...looking, ...lookingAtClouds],
  auditor: [...looking, ...lookingAtClouds, 'audit.list'],
  'system-admin': [
    ...lookingAtClouds,
    'organisation.list',
    'organisation.get',
    'organisation.create',
    'person.list',
    'person.create',
    'node.create',
    'data-centre.create',
    'data-centre.edit',
    'link.create',
    'link.edit',
    'platform.add',
    'platform.edit',
    'platform.probe',
    'operation.list',
    'operation.get',
    'event.stream',
  ],
  'security-admin': [
    'organisation.list',
    'organisation.get',
    'person.list',
    'grant.list',
    'grant.create',
    'grant.revoke',
  ],
  'audit-admin': ['organisation.list', 'organisation.get', 'audit.list'],
}

/** Roles that may do an operation. */
export const rolesAllowed = (operationName: string): readonly Role[] =>
  roles.filter((role) => rolePermissions[role].includes(operationName))
