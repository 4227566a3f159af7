import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'

/** Wakes whoever waits on a channel of PostgreSQL's NOTIFY. A wake-up says “look again”, never what to see. */
export interface Signals extends AsyncDisposable {
  on(channel: string, wake: () => void): () => void
}

/**
 * One connection listens for the whole process. After it was lost, every channel is woken once: what was
 * notified meanwhile is in the tables.
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

  const listenOnce = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, application_name: 'yiduo-signals', keepAlive: true })
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve)
      client.on('error', () => resolve())
      stopping.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    try {
      await client.connect()
      for (const channel of channels) await client.query(`listen ${channel}`)
      client.on('notification', ({ channel }) => emitter.emit(channel))
      wakeAll()
      await ended
    } finally {
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
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await listening
    },
  }
}
