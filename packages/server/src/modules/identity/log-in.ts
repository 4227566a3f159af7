import type { Session } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { ifRight } from './guess.ts'
import { createDirectory } from './outside/directory.ts'
import { logInByDirectory } from './outside/directory-log-in.ts'
import type { IdentityDeps } from './service.ts'
import { enter, passwordGuess } from './sessions.ts'
import * as store from './store.ts'

/** By the password that is held here, or, where none is, by one that a directory knows. */
export const logIn = (deps: IdentityDeps) => {
  const byDirectory = logInByDirectory(deps, createDirectory(deps))
  return async (act: Act, { login, password }: { login: string; password: string }): Promise<Session | Refusal> => {
    const found = await store.personByLogin(deps.database.plain, login)
    const known = found?.kind === 'person' && found.endedAt === null ? found : null
    const guess = passwordGuess(deps, { login, person: known, password, refusedAs: 'session.refuse', tellsLock: false })
    const isHeldHere = found !== null && known?.passwordHash !== ''
    if (isHeldHere) return ifRight(deps)(act, guess, (tx, row) => enter(deps)(tx, act, row))
    // Hashed all the same: somebody of a directory takes as long as a name that nobody has.
    const [came] = await Promise.all([byDirectory(act, { login, password, person: known }), guess.isRight()])
    return came ?? ifRight(deps)(act, { ...guess, isRight: async () => false }, (tx, row) => enter(deps)(tx, act, row))
  }
}
