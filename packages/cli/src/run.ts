import { readFileSync } from 'node:fs'
import type { Locale } from '@yiduo/contract'
import { usageError } from './command-error.ts'
import { callCommand } from './commands/call.ts'
import { findCommand, nouns } from './commands/command.ts'
import { completionScript } from './commands/completion.ts'
import { logIn, logOut } from './commands/login.ts'
import { whoAmI } from './commands/who-am-i.ts'
import type { Config } from './config.ts'
import { exitCodes } from './exit-code.ts'
import { environmentHelp, exitCodeHelp, nounHelp, overview, verbHelp } from './help/help.ts'
import { labelIn, sayIn } from './message/catalogue.ts'
import { wordIn } from './message/words.ts'
import { reportError } from './report-error.ts'
import type { Terminal } from './terminal.ts'
import type { Pace } from './watch/changes.ts'
import type { World } from './world.ts'

const standardInput = 0

const readFile = (path: string): string => {
  try {
    return readFileSync(path === '-' ? standardInput : path, 'utf8')
  } catch (error) {
    throw usageError('file-unreadable', { path, problem: error instanceof Error ? error.message : '' })
  }
}

/** Taken out before anything else is read: errors in reading are to be in that language, too. */
const takeLocale = (args: readonly string[], config: Config): { locale: Locale; rest: readonly string[] } => {
  const at = args.findIndex((it) => it === '--lang' || it.startsWith('--lang='))
  if (at < 0) return { locale: config.locale, rest: args }
  const inline = args[at]?.split('=')[1]
  const given = inline ?? args[at + 1] ?? ''
  const locale = /^zh/i.test(given) ? 'zh-CN' : /^en/i.test(given) ? 'en' : config.locale
  return { locale, rest: args.toSpliced(at, inline === undefined ? 2 : 1) }
}

const helpOn = (topic: string | undefined, verb: string | undefined, world: World): string => {
  if (topic === 'exit-codes') return exitCodeHelp(world)
  if (topic === 'environment') return environmentHelp(world)
  if (topic === undefined || !nouns.includes(topic)) return overview(world)
  const command = verb === undefined ? null : findCommand(topic, verb)
  return command ? verbHelp(command, world) : nounHelp(topic, world)
}

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h'

const dispatch = async (args: readonly string[], world: World): Promise<number> => {
  const [noun, verb, ...rest] = args
  const show = (text: string): number => {
    world.terminal.print(text)
    return exitCodes.ok
  }
  if (noun === undefined || isHelp(noun)) return show(overview(world))
  const flags = args.slice(1)
  if (noun === 'help' || flags.some(isHelp)) {
    const [topic, about] = (noun === 'help' ? flags : args).filter((it) => !it.startsWith('-'))
    return show(helpOn(topic, about, world))
  }
  if (noun === 'login') return logIn(flags, world)
  if (noun === 'logout') return logOut(world)
  if (noun === 'whoami') return whoAmI(flags, world)
  if (noun === 'completion') return show(completionScript(verb))
  if (!nouns.includes(noun)) throw usageError('noun-unknown', { noun })
  if (verb === undefined) return show(nounHelp(noun, world))
  const command = findCommand(noun, verb)
  if (!command) throw usageError('verb-unknown', { noun, verb })
  return callCommand(command, rest, world)
}

/** Runs one command line; answers the exit code. Never throws. */
export const run = async (
  args: readonly string[],
  { config, terminal, pace }: { readonly config: Config; readonly terminal: Terminal; readonly pace?: Pace },
): Promise<number> => {
  const { locale, rest } = takeLocale(args, config)
  const base = { config, terminal, readFile, locale, say: sayIn(locale), label: labelIn(locale), word: wordIn(locale) }
  const world: World = pace ? { ...base, pace } : base
  try {
    return await dispatch(rest, world)
  } catch (error) {
    return reportError(error, args.includes('--json'), world)
  }
}
