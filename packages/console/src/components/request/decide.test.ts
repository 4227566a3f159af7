import { type RequestState, type Role, requestApprove, type ServiceRequest, type Session } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { decisionsOf } from './decide.ts'

/** Of both, only what is looked at. */
const decisions = (role: Role, state: RequestState, organisationId = 'org_operator') =>
  decisionsOf(
    { grants: [{ role, organisationId, reach: 'own' }] } as unknown as Session,
    { state, stages: [], lines: [], operatorOrganisationId: 'org_operator' } as unknown as ServiceRequest,
  )

test('what was sent without stages is no dead end: its operator, and nobody else, decides on it', () => {
  expect(decisions('operator', 'submitted')).toEqual({ agree: requestApprove, return: true, reject: true })
  const nothing = { agree: null, return: false, reject: false }
  expect(decisions('operator', 'submitted', 'org_another')).toEqual(nothing)
  expect(decisions('department', 'submitted')).toEqual(nothing)
  expect(decisions('operator', 'testing')).toEqual(nothing)
})
