import { parseArgs } from 'node:util'
import {
  createClient,
  passwordChange,
  type Session,
  sessionCreate,
  sessionDelete,
  totpBegin,
  totpConfirm,
  totpProve,
} from '@yiduo/contract'
import { CommandError, usageError } from '../command-error.ts'
import { exitCodes } from '../exit-code.ts'
import { defaultUrl } from '../session/connection.ts'
import { loadProfile, removeProfile, saveProfile } from '../session/profile.ts'
import type { World } from '../world.ts'
import { askSecret } from './missing.ts'

interface Flags {
  readonly url?: string
  readonly login?: string
  readonly passwordStdin: boolean
  readonly quiet: boolean
}

const readFlags = (args: readonly string[]): Flags => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        login: { type: 'string' },
        'password-stdin': { type: 'boolean' },
        quiet: { type: 'boolean', short: 'q' },
      },
    })
    return { ...values, passwordStdin: values['password-stdin'] ?? false, quiet: values.quiet ?? false }
  } catch (error) {
    throw usageError('arguments-wrong', { problem: error instanceof Error ? error.message : '' })
  }
}

const askLogin = async ({ terminal, say }: World): Promise<string> => {
  const login = await terminal.ask(say('prompt', { what: say('login-name') }))
  if (!login) throw usageError('input-ended', { what: say('login-name') })
  return login
}

const passwordFor = ({ passwordStdin }: Flags, world: World): Promise<string> | string =>
  passwordStdin
    ? askSecret(world, world.label('password'))
    : (world.config.password ?? askSecret(world, world.label('password')))

/** Asked for twice: what cannot be seen may have been mistyped. */
const askNewPassword = async (world: World): Promise<string> => {
  for (;;) {
    const once = await askSecret(world, world.label('newPassword'))
    if (once === (await askSecret(world, world.say('new-password-again')))) return once
    world.terminal.note(world.say('passwords-differ'))
  }
}

const tokenOf = ({ token }: Session): string => {
  if (token === undefined) throw new CommandError('unavailable', 'token-missing')
  return token
}

/** What a log-in goes on with until nothing is lacking. */
interface Entering {
  readonly world: World
  readonly baseUrl: string
  readonly password: string
}

const clientOf = ({ world, baseUrl }: Entering, session: Session) =>
  createClient({ baseUrl, locale: world.locale, token: tokenOf(session) })

const askCode = async ({ terminal, say }: World): Promise<string> => {
  const code = await terminal.ask(say('prompt', { what: say('one-time-code') }))
  if (!code) throw usageError('input-ended', { what: say('one-time-code') })
  return code.replaceAll(/\s/g, '')
}

const setUpCodes = async (it: Entering, session: Session): Promise<Session> => {
  const { terminal, say } = it.world
  const client = clientOf(it, session)
  const { id, secret, uri } = await client.call(totpBegin, { body: { name: 'yiduo' } })
  terminal.note(say('second-factor-set-up', { secret, uri }))
  const code = await askCode(it.world)
  return client.call(totpConfirm, { params: { secondFactorId: id }, body: { code } })
}

const changePassword = async (it: Entering, session: Session): Promise<Session> => {
  const { terminal, say } = it.world
  terminal.note(say('password-must-change'))
  const newPassword = await askNewPassword(it.world)
  const body = { oldPassword: it.password, newPassword }
  const changed = await clientOf(it, session).call(passwordChange, { body })
  terminal.note(say('password-changed'))
  return changed
}

/** One step of the log-in; each answers a new token. */
const goOn = async (it: Entering, session: Session): Promise<Session> => {
  switch (session.stage) {
    case 'second-factor':
      return clientOf(it, session).call(totpProve, { body: { code: await askCode(it.world) } })
    case 'second-factor-set-up':
      return setUpCodes(it, session)
    case 'password-change':
      return changePassword(it, session)
    case 'complete':
      return session
  }
}

/** Logs in and remembers server and token; what is lacking is asked for where somebody can be asked. */
export const logIn = async (args: readonly string[], world: World): Promise<number> => {
  const { config, terminal, say, locale } = world
  const flags = readFlags(args)
  const profile = await loadProfile(config.profilePath)
  const baseUrl = flags.url ?? config.url ?? profile?.url ?? defaultUrl
  const login = flags.login ?? (await askLogin(world))
  const password = await passwordFor(flags, world)
  let session = await createClient({ baseUrl, locale }).call(sessionCreate, { body: { login, password } })
  const remember = () => saveProfile(config.profilePath, { url: baseUrl, token: tokenOf(session), login })
  await remember()
  while (session.stage !== 'complete' && terminal.interactive) {
    session = await goOn({ world, baseUrl, password }, session)
    await remember()
  }
  if (session.stage !== 'complete') terminal.note(say('log-in-later'))
  if (!flags.quiet) terminal.note(say('logged-in', { name: session.person.name, login, url: baseUrl }))
  return exitCodes.ok
}

/** Ends the session there and forgets it here; here also where the server cannot be reached. */
export const logOut = async (world: World): Promise<number> => {
  const { config, terminal, say, locale } = world
  const profile = await loadProfile(config.profilePath)
  if (!profile) {
    terminal.note(say('not-logged-in'))
    return exitCodes.ok
  }
  try {
    await createClient({ baseUrl: profile.url, token: profile.token, locale }).call(sessionDelete, {})
  } finally {
    await removeProfile(config.profilePath)
  }
  terminal.note(say('logged-out', { login: profile.login, url: profile.url }))
  return exitCodes.ok
}
