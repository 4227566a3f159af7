import type { Logger } from 'pino'
import { sealedColumns } from './compose-secrets.ts'
import { type Config, ConfigError } from './config/index.ts'
import type { Clock } from './kernel/clock.ts'
import { createDatabase, type Database } from './platform/database/index.ts'
import {
  announceDataKey,
  countSealed,
  type DataKeyRow,
  type KeyEncryption,
  keyChannel,
  keyIdOf,
  lifeMsOf,
  listKeys,
  livingReaders,
  readKeyEncryption,
  takeIntoUse,
  wrapAnew,
} from './platform/secrets/index.ts'
import { createSignals } from './platform/signals/listener.ts'

interface Place {
  readonly config: Config
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  readonly say: (words: string) => void
}

interface Keyed {
  readonly place: Place
  readonly database: Database
  readonly encryption: KeyEncryption
}

const stateOf = ({ usedFrom, retiredAt }: DataKeyRow): string =>
  usedFrom === null ? 'announced' : retiredAt === null ? 'in use' : 'retired'

const countAll = async (database: Database): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  for (const column of sealedColumns)
    for (const { keyId, count } of await countSealed(database.plain, column))
      counts.set(keyId, (counts.get(keyId) ?? 0) + count)
  return counts
}

const line = (...columns: readonly (string | number)[]): string =>
  columns
    .map((it, index) => String(it).padEnd([6, 12, 7, 11, 17, 8, 0][index] ?? 0))
    .join('')
    .trimEnd()

const list = async ({ place: { say, config }, database, encryption }: Keyed): Promise<void> => {
  const [keys, counts] = [await listKeys(database.plain), await countAll(database)]
  const readers = await livingReaders(database.plain, lifeMsOf(config.keyReportMs))
  say(line('key', 'purpose', 'suite', 'state', 'made', 'seals', 'wrapped by'))
  for (const it of keys) {
    const seals = counts.get(keyIdOf(it.number)) ?? 0
    const by = encryption.isCurrent(it.wrapped) ? 'the current key' : 'an earlier key: yiduo keys rewrap'
    const made = it.createdAt.toISOString().slice(0, 16)
    say(line(keyIdOf(it.number), it.purpose, it.suite, stateOf(it), made, seals, by))
    const lacking = readers.filter(({ reads }) => !reads.includes(it.number)).length
    if (lacking > 0) say(`      ${lacking} of ${readers.length} running servers cannot read it yet`)
  }
  for (const id of Object.keys(encryption.ring?.keys ?? {}))
    say(line(id, 'key ring', 'sm', id === encryption.ring?.current ? 'current' : 'kept', '', counts.get(id) ?? 0))
}

const rotate = async ({ place, database, encryption }: Keyed): Promise<void> => {
  const { clock, config, say, log, url } = place
  const id = await announceDataKey({ database, clock, encryption, suite: config.keys.suite })
  if ((await takeIntoUse(database, lifeMsOf(config.keyReportMs))) === id)
    return say(`${id} is in use. No server runs; the next one seals anew what earlier keys sealed.`)
  await using signals = createSignals({ url, channels: [], log })
  signals.ring([keyChannel])
  say(`${id} is announced, and used once every running server has read it, in seconds: yiduo keys list`)
}

const rewrap = async ({ place: { say }, database, encryption }: Keyed): Promise<void> => {
  const count = await wrapAnew({ database, encryption })
  say(`${count} data keys are wrapped anew. What wrapped them before is needed only where it still seals something.`)
}

const verbs: Readonly<Record<string, (keyed: Keyed) => Promise<void>>> = { list, rotate, rewrap }

/** What servers go on through: they read new keys as they come. */
export const keys = async (place: Place, [verb = '', ...more]: readonly string[]): Promise<void> => {
  const work = verbs[verb]
  if (!work || more.length > 0) throw new ConfigError(`usage: yiduo keys ${Object.keys(verbs).join(' | ')}`)
  await using database = createDatabase({ url: place.url, connections: 4, log: place.log })
  await work({ place, database, encryption: await readKeyEncryption(place.config.keys) })
}
