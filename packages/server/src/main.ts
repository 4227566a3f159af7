import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { compose, type Yiduo } from './compose.ts'
import { type Config, ConfigError, environment, readConfig } from './config/index.ts'
import { firstSetUp } from './modules/installation/index.ts'
import { MigrationError, migrate } from './platform/migrations/migrator.ts'
import { EmbeddedPostgresError, startEmbeddedPostgres } from './platform/postgres/embedded.ts'

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

/** Both loopback addresses: browsers resolve `localhost` to either. Port 0 takes any free one. */
const listen = async ({ app }: Yiduo, port: number): Promise<number> => {
  await app.listen({ port, host: 'localhost' })
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : port
}

const tellLogins = (logins: Awaited<ReturnType<typeof firstSetUp>>): void => {
  if (logins.length === 0) return
  say('\nThe three administrators (三员) were made:')
  for (const { login, password, oneTime } of logins)
    say(
      `  ${login.padEnd(12)} ${oneTime ? `${password}   (one-time: it must be changed at the first log-in)` : 'password from YIDUO_ADMIN_PASSWORD'}`,
    )
}

const serve = async (arguments_: readonly string[]): Promise<void> => {
  const config = readConfig(environment, arguments_)
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.credential', '*.token'] }, pino.destination(2))
  await using stack = new AsyncDisposableStack()
  const url = await openDatabase(config, stack)
  const { applied } = await migrate(url, migrationFolder)
  if (applied.length > 0) say(`database: ${applied.length} migrations applied`)
  const yiduo = stack.use(await compose(config, url, log))
  const logins = await firstSetUp({ ...yiduo.rooms, database: yiduo.database }, config)
  const port = await listen(yiduo, config.port)
  tellLogins(logins)
  say(`\nYiduo 一朵 is ready: http://localhost:${port}   (API documentation: http://localhost:${port}/docs)`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  say('stopping …')
}

const main = async ([command, ...arguments_]: readonly string[]): Promise<void> => {
  if (command !== 'serve') throw new ConfigError('usage: node packages/server/src/main.ts serve [--empty]')
  await serve(arguments_)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const expected =
    error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof MigrationError
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
