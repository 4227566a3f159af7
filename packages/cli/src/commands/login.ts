import { parseArgs } from 'node:util'
import { createClient, passwordChange, type Session, sessionCreate, sessionDelete } from '@yiduo/contract'
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

/** Logs in and remembers server and token; a one-time password is changed at once where somebody can be asked. */
export const logIn = async (args: readonly string[], world: World): Promise<number> => {
  const { config, terminal, say, locale } = world
  const flags = readFlags(args)
  const profile = await loadProfile(config.profilePath)
  const baseUrl = flags.url ?? config.url ?? profile?.url ?? defaultUrl
  const login = flags.login ?? (await askLogin(world))
  const password = await passwordFor(flags, world)
  const anyone = createClient({ baseUrl, locale })
  let session = await anyone.call(sessionCreate, { body: { login, password } })
  const remember = () => saveProfile(config.profilePath, { url: baseUrl, token: tokenOf(session), login })
  await remember()

  if (session.person.mustChangePassword) {
    terminal.note(say('password-must-change'))
    if (!terminal.interactive) terminal.note(say('password-change-later'))
    else {
      const newPassword = await askNewPassword(world)
      const known = createClient({ baseUrl, locale, token: tokenOf(session) })
      await known.call(passwordChange, { body: { oldPassword: password, newPassword } })
      // A changed password may end the sessions of the old one, this one among them.
      session = await anyone.call(sessionCreate, { body: { login, password: newPassword } })
      await remember()
      terminal.note(say('password-changed'))
    }
  }
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
