import { authenticate, callerOfSession } from './entry.ts'
import { listFactors, removeFactor, resetFactors } from './factors.ts'
import { logIn } from './log-in.ts'
import { beginPasskey, challengePasskey, provePasskey, registerPasskey } from './passkey.ts'
import type { IdentityDeps } from './service.ts'
import { changePassword, endSession, listSessions, logOut, whoAmI } from './sessions.ts'
import {
  createServiceToken,
  createToken,
  listServiceTokens,
  listTokens,
  revokeServiceToken,
  revokeToken,
  serviceTokensEnding,
} from './tokens.ts'
import { beginTotp, confirmTotp, proveTotp } from './totp.ts'

/** How somebody gets in, and out. */
export const createEntryService = (deps: IdentityDeps) => ({
  authenticate: authenticate(deps),
  callerOfSession: callerOfSession(deps),
  logIn: logIn(deps),
  logOut: logOut(deps),
  whoAmI: whoAmI(deps),
  listSessions: listSessions(deps),
  endSession: endSession(deps),
  changePassword: changePassword(deps),
})

/** What people prove themselves with beside a password, and what programs come with. */
export const createCredentialService = (deps: IdentityDeps) => ({
  listFactors: listFactors(deps),
  removeFactor: removeFactor(deps),
  resetFactors: resetFactors(deps),
  beginTotp: beginTotp(deps),
  confirmTotp: confirmTotp(deps),
  proveTotp: proveTotp(deps),
  beginPasskey: beginPasskey(deps),
  registerPasskey: registerPasskey(deps),
  challengePasskey: challengePasskey(deps),
  provePasskey: provePasskey(deps),
  listTokens: listTokens(deps),
  createToken: createToken(deps),
  revokeToken: revokeToken(deps),
  listServiceTokens: listServiceTokens(deps),
  serviceTokensEnding: serviceTokensEnding(deps),
  createServiceToken: createServiceToken(deps),
  revokeServiceToken: revokeServiceToken(deps),
})
