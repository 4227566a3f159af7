import { type OperationSpec, operationNameOf, sessionCreate, sessionDelete } from '@yiduo/contract'
import type { Yiduo } from '../compose.ts'
import type { Act, Caller } from '../kernel/act.ts'
import type { Clock } from '../kernel/clock.ts'
import { present } from '../kernel/invariant.ts'
import { authorise, grantsFor } from '../platform/http/authority.ts'
import { demonstrationPassword } from './people.ts'
import { agreed, direction } from './scene.ts'

/** The people of the demonstration, each acting under their own authority and no more. */
export interface Cast {
  act(login: string, operation: OperationSpec): Promise<Act>
  /** Ends every session that acting has begun. */
  leave(): Promise<void>
}

export const createCast = (
  { rooms: { identity }, grantUse }: Pick<Yiduo, 'rooms' | 'grantUse'>,
  clock: Clock,
): Cast => {
  const callers = new Map<string, Promise<Caller>>()
  const logIn = async (login: string): Promise<Caller> => {
    const ask = { login, password: demonstrationPassword }
    const { token } = agreed(await identity.logIn(direction(sessionCreate.name), ask))
    return identity.authenticate(present(token, 'token'))
  }
  const callerOf = (login: string): Promise<Caller> => {
    const caller = callers.get(login) ?? logIn(login)
    callers.set(login, caller)
    return caller
  }
  const actOf = (caller: Caller, operation: OperationSpec): Act => ({
    ...direction(operationNameOf(operation)),
    caller,
    scope: authorise(operation, caller, clock.now()),
  })
  return {
    async act(login, operation) {
      const caller = await callerOf(login)
      const held = caller.kind === 'person' ? caller.grants : []
      grantUse.note(grantsFor(held, operation.name, clock.now()).map(({ id }) => id))
      return actOf(caller, operation)
    },
    async leave() {
      for (const caller of await Promise.all(callers.values())) await identity.logOut(actOf(caller, sessionDelete))
      callers.clear()
    },
  }
}
