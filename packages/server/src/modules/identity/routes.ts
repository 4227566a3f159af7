import {
  delegationCreate,
  delegationEnd,
  delegationList,
  grantCreate,
  grantList,
  grantRevoke,
  passwordChange,
  personCreate,
  personList,
  sessionCreate,
  sessionDelete,
  sessionGet,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { IdentityService } from './service.ts'

export const routeIdentity = (bind: Bind, identity: IdentityService): void => {
  bind(sessionCreate, ({ act, body }) => identity.logIn(act, body))
  bind(sessionGet, ({ act }) => identity.whoAmI(act))
  bind(sessionDelete, ({ act }) => identity.logOut(act))
  bind(passwordChange, ({ act, body }) => identity.changePassword(act, body))
  bind(personList, ({ act, query }) => identity.listPeople(act, query))
  bind(personCreate, ({ act, body }) => identity.createPerson(act, body))
  bind(delegationList, ({ act }) => identity.listDelegations(act))
  bind(delegationCreate, ({ act, body }) => identity.createDelegation(act, body))
  bind(delegationEnd, ({ act, params }) => identity.endDelegation(act, params.delegationId))
  bind(grantList, ({ act, query }) => identity.listGrants(act, query))
  bind(grantCreate, ({ act, body }) => identity.createGrant(act, body))
  bind(grantRevoke, ({ act, params }) => identity.revokeGrant(act, params.grantId))
}
