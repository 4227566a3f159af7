import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'

/** Wakes whoever waits on a channel of PostgreSQL's NOTIFY. A wake-up says “look again”, never what to see. */
export interface Signals extends AsyncDisposable {
  on(channel: string, wake: () => void): () => void
  /** Wakes whoever waits on these, after the commit of what there is to see. */
  ring(channels: Iterable<string>): void
}

/** Under load it rings once in so long for all that was committed; the first of a while it rings at once. */
const restMs = 10

/** Wakes the other processes over the connection that listens, while there is one. */
const createRinger = (log: Logger) => {
  /** Those in this process were woken when it rang. */
  const self = randomUUID()
  const due = new Set<string>()
  let through: pg.Client | null = null
  let ringing = false

  const ring = async (): Promise<void> => {
    ringing = true
    while (through && due.size > 0) {
      const values = [[...due], self]
      due.clear()
      await through
        .query({ name: 'ring', text: 'select pg_notify(channel, $2) from unnest($1::text[]) channel', values })
        .catch((error: Error) => log.debug({ err: error }, 'signals: nobody else was woken'))
      await delay(restMs)
    }
    ringing = false
  }

  return {
    isOwn: (payload: string | undefined): boolean => payload === self,
    use(client: pg.Client | null) {
      through = client
    },
    ring(channel: string) {
      due.add(channel)
      if (!ringing) void ring()
    },
  }
}

/**
 * One connection listens and rings for the whole process. After it was lost, every channel is woken once: what was
 * notified meanwhile is in the tables.
 *
 * A transaction that notifies holds a lock of the whole database from there to the end of its commit, so commits that
 * notify go to the disk one by one. Therefore none does: what they wrote is rung for when they have committed, and
 * however many commit while it rings are rung for together. A process that dies in between leaves others unwoken: all
 * who wait look by themselves every second.
 */
export const createSignals = ({
  url,
  channels,
  log,
}: {
  url: string
  channels: readonly string[]
  log: Logger
}): Signals => {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  const stopping = new AbortController()
  const wakeAll = () => {
    for (const channel of channels) emitter.emit(channel)
  }
  const others = createRinger(log)

  const listenOnce = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'yiduo-signals',
      keepAlive: true,
      options: '-c synchronous_commit=off', // ringing leaves nothing that must be kept
    })
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve)
      client.on('error', () => resolve())
      stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    try {
      await client.connect()
      for (const channel of channels) await client.query(`listen ${channel}`)
      client.on('notification', ({ channel, payload }) => others.isOwn(payload) || emitter.emit(channel))
      others.use(client)
      wakeAll()
      await ended
    } finally {
      others.use(null)
      await client.end().catch(() => undefined) // already broken: nothing left to end
    }
  }

  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await listenOnce().catch((error: Error) => log.warn({ err: error }, 'signals: connection lost'))
      await delay(500, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
    }
  })()

  return {
    on(channel, wake) {
      emitter.on(channel, wake)
      return () => emitter.off(channel, wake)
    },
    ring(rung) {
      for (const channel of rung) {
        emitter.emit(channel)
        others.ring(channel)
      }
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await listening
    },
  }
}
