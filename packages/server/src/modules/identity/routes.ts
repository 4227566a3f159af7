import {
  apiTokenCreate,
  apiTokenList,
  apiTokenRevoke,
  delegationCreate,
  delegationEnd,
  delegationList,
  emergencyAccessBegin,
  emergencyAccessEnd,
  grantConfirm,
  grantCreate,
  grantDecline,
  grantList,
  grantReviewKeep,
  grantReviewList,
  grantRevoke,
  identityPolicyGet,
  identityPolicySet,
  passkeyBegin,
  passkeyChallenge,
  passkeyProve,
  passkeyRegister,
  passwordChange,
  passwordRemove,
  passwordReset,
  personCreate,
  personEnd,
  personGet,
  personList,
  secondFactorList,
  secondFactorRemove,
  secondFactorReset,
  serviceTokenCreate,
  serviceTokenList,
  serviceTokenRevoke,
  sessionCreate,
  sessionDelete,
  sessionEnd,
  sessionGet,
  sessionList,
  sessionLogOut,
  totpBegin,
  totpConfirm,
  totpProve,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import { routeOutside } from './outside/routes.ts'
import type { IdentityService } from './service.ts'

export const routeIdentity = (bind: Bind, identity: IdentityService): void => {
  routeOutside(bind, identity)
  bind(sessionCreate, ({ act, body }) => identity.logIn(act, body))
  bind(sessionGet, ({ act }) => identity.whoAmI(act))
  bind(sessionDelete, ({ act }) => identity.logOut(act))
  bind(sessionLogOut, ({ act, origin }) => identity.logOutThere(act, origin))
  bind(sessionList, ({ act }) => identity.listSessions(act))
  bind(sessionEnd, ({ act, params }) => identity.endSession(act, params.sessionId))
  bind(secondFactorList, ({ act }) => identity.listFactors(act))
  bind(secondFactorRemove, ({ act, params }) => identity.removeFactor(act, params.secondFactorId))
  bind(secondFactorReset, ({ act, params }) => identity.resetFactors(act, params.personId))
  bind(totpBegin, ({ act, body }) => identity.beginTotp(act, body))
  bind(totpConfirm, ({ act, params, body }) => identity.confirmTotp(act, params.secondFactorId, body.code))
  bind(totpProve, ({ act, body }) => identity.proveTotp(act, body.code))
  bind(passkeyBegin, ({ act, origin }) => identity.beginPasskey(act, origin))
  bind(passkeyRegister, ({ act, body, origin }) => identity.registerPasskey(act, body, origin))
  bind(passkeyChallenge, ({ act, origin }) => identity.challengePasskey(act, origin))
  bind(passkeyProve, ({ act, body, origin }) => identity.provePasskey(act, body, origin))
  bind(apiTokenList, ({ act }) => identity.listTokens(act))
  bind(apiTokenCreate, ({ act, body }) => identity.createToken(act, body))
  bind(apiTokenRevoke, ({ act, params }) => identity.revokeToken(act, params.apiTokenId))
  bind(serviceTokenList, ({ act, params }) => identity.listServiceTokens(act, params.personId))
  bind(serviceTokenCreate, ({ act, params, body }) => identity.createServiceToken(act, params.personId, body))
  bind(serviceTokenRevoke, ({ act, params }) => identity.revokeServiceToken(act, params.personId, params.apiTokenId))
  bind(identityPolicyGet, () => identity.getPolicy())
  bind(identityPolicySet, ({ act, body, revision }) => identity.setPolicy(act, body, revision))
  bind(personEnd, ({ act, params }) => identity.endPerson(act, params.personId))
  bind(passwordRemove, ({ act, params }) => identity.removePassword(act, params.personId))
  bind(passwordReset, ({ act, params }) => identity.resetPassword(act, params.personId))
  bind(passwordChange, ({ act, body }) => identity.changePassword(act, body))
  bind(personList, ({ act, query }) => identity.listPeople(act, query))
  bind(personGet, ({ act, params }) => identity.getPerson(act, params.personId))
  bind(personCreate, ({ act, body }) => identity.createPerson(act, body))
  bind(delegationList, ({ act }) => identity.listDelegations(act))
  bind(delegationCreate, ({ act, body }) => identity.createDelegation(act, body))
  bind(delegationEnd, ({ act, params }) => identity.endDelegation(act, params.delegationId))
  bind(grantList, ({ act, query }) => identity.listGrants(act, query))
  bind(grantCreate, ({ act, body }) => identity.createGrant(act, body))
  bind(grantConfirm, ({ act, params }) => identity.confirmGrant(act, params.grantId))
  bind(grantDecline, ({ act, params }) => identity.declineGrant(act, params.grantId))
  bind(grantReviewList, ({ act, query }) => identity.listGrantReviews(act, query))
  bind(grantReviewKeep, ({ act, params, body }) => identity.keepGrant(act, params.grantId, body))
  bind(emergencyAccessBegin, ({ act, params, body }) => identity.beginEmergencyAccess(act, params.grantId, body))
  bind(emergencyAccessEnd, ({ act, params }) => identity.endEmergencyAccess(act, params.grantId))
  bind(grantRevoke, ({ act, params, query }) => identity.revokeGrant(act, params.grantId, query))
}
