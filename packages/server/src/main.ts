import { fileURLToPath } from 'node:url'
import { type Logger, pino } from 'pino'
import { AuditError, audit } from './audit-commands.ts'
import { backup, restore } from './backup-commands.ts'
import { compose, type Yiduo } from './compose.ts'
import { type Config, ConfigError, environment, readConfig } from './config/index.ts'
import { createDemonstration } from './demonstration/demonstration.ts'
import { createHistoryClock } from './demonstration/history-clock.ts'
import { introduction } from './demonstration/people.ts'
import { systemClock } from './kernel/clock.ts'
import { present } from './kernel/invariant.ts'
import { keys } from './key-commands.ts'
import { createLog } from './log.ts'
import { type FirstLogin, FirstSetUpError, firstSetUp } from './modules/installation/index.ts'
import { BackupError } from './platform/backup/index.ts'
import { MigrationError, migrate } from './platform/migrations/migrator.ts'
import { EmbeddedPostgresError, startEmbeddedPostgres } from './platform/postgres/embedded.ts'
import { createLocks } from './platform/reconcilers/index.ts'

const migrationFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** Words for the person at the terminal; the log goes to standard error as JSON. */
const say = (words: string): void => {
  process.stdout.write(`${words}\n`)
}

const openDatabase = async (config: Config, stack: AsyncDisposableStack): Promise<string> => {
  if (config.databaseUrl) return config.databaseUrl
  say('starting the embedded PostgreSQL …')
  return stack.use(await startEmbeddedPostgres({ dataFolder: `${config.dataFolder}/postgres`, log: say })).url
}

/** `localhost` is both loopback addresses: browsers resolve it to either. Port 0 takes any free one. */
const listen = async ({ app }: Yiduo, { port, host }: Config): Promise<number> => {
  await app.listen({ port, host })
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : port
}

const tellFirstLogin = ({ login, oneTimePassword }: FirstLogin): void =>
  say(
    `  ${login.padEnd(12)} ${
      oneTimePassword === null
        ? 'with the password of YIDUO_ADMIN_PASSWORD'
        : `${oneTimePassword}   one-time: to be changed at the first log-in`
    }`,
  )

/** Resolves at the first Ctrl-C or TERM; a second one ends the process at once, as the system's default does. */
const askedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

/**
 * Of several processes that start at once, one sets up and the others wait for it, before they begin to work on
 * operations: those of the demonstration's history belong to the clock that is set back.
 */
const composeAndSetUp = async (
  config: Config,
  url: string,
  log: Logger,
  stack: AsyncDisposableStack,
): Promise<Yiduo> => {
  await using locks = createLocks({ url, log })
  const made: Yiduo[] = []
  await locks.under('first set-up', async () => {
    const clock = createHistoryClock(systemClock)
    const yiduo = stack.use(await compose(config, url, log, { clock }))
    const setUp = () => firstSetUp(yiduo.rooms, config, tellFirstLogin)
    if (!config.demonstration) await setUp()
    else if (await createDemonstration({ yiduo, clock, setUp, log, say }))
      yiduo.rooms.introduction.introduce(introduction)
    made.push(yiduo)
  })
  return present(made[0], 'Yiduo')
}

const serve = async (arguments_: readonly string[]): Promise<void> => {
  const config = readConfig(environment, arguments_)
  const stop = askedToStop()
  const log = createLog(config.logLevel, pino.destination(2))
  await using stack = new AsyncDisposableStack()
  const url = await openDatabase(config, stack)
  const { applied } = await migrate(url, migrationFolder)
  if (applied.length > 0) say(`database: ${applied.length} migrations applied`)
  const yiduo = await composeAndSetUp(config, url, log, stack)
  const port = await listen(yiduo, config)
  say(`\nYiduo 一朵 is ready: http://localhost:${port}   (API documentation: http://localhost:${port}/docs)`)
  if (config.demonstration) say('The people of the demonstration and what to try: docs/demo.md')
  await stop
  say('stopping …')
}

/** Beside servers that run, or alone: the embedded PostgreSQL is started for it where nobody else has. */
const keep =
  (command: typeof backup) =>
  async (arguments_: readonly string[]): Promise<void> => {
    const config = readConfig(environment, [])
    await using stack = new AsyncDisposableStack()
    const url = await openDatabase(config, stack)
    await command(
      { config, url, clock: systemClock, log: createLog(config.logLevel, pino.destination(2)), say },
      arguments_,
    )
  }

const commands: Readonly<Record<string, (arguments_: readonly string[]) => Promise<void>>> = {
  serve,
  backup: keep(backup),
  restore: keep(restore),
  audit: keep(audit),
  keys: keep(keys),
}

const main = async ([name = '', ...arguments_]: readonly string[]): Promise<void> => {
  const command = commands[name]
  if (!command)
    throw new ConfigError(
      'usage: yiduo serve [--empty] | backup FOLDER [--with-simulated-clouds] | restore FOLDER | audit verify | keys VERB',
    )
  await command(arguments_)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const expected = [ConfigError, FirstSetUpError, EmbeddedPostgresError, MigrationError, BackupError, AuditError].some(
    (it) => error instanceof it,
  )
  process.stderr.write(`${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`)
  process.exitCode = 1
}

// All is closed. What was left running all the same is a defect, and not for those who wait for the end to bear.
setTimeout(() => {
  process.stderr.write(`ended with something still running: ${process.getActiveResourcesInfo().join(', ')}\n`)
  process.exit()
}, 3_000).unref()
