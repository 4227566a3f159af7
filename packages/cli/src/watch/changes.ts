import type { Client, Event } from '@yiduo/contract'

export interface Changes extends AsyncDisposable {
  /** Resolves when what is followed may have changed; at the latest after the time to look again anyway. */
  next(): Promise<void>
}

export interface Pace {
  /** Time between looks while the event stream is there: an event may be about a part that we do not know of yet. */
  readonly streamingMs: number
  /** Time between looks without it. */
  readonly pollingMs: number
}

const usualPace: Pace = { streamingMs: 5_000, pollingMs: 1_000 }

/** Wakes on events that matter; where the stream cannot be had, on time alone. */
export const followChanges = (
  client: Client,
  query: { readonly subject?: string },
  matters: (event: Event) => boolean,
  pace: Pace = usualPace,
): Changes => {
  const stop = new AbortController()
  let streaming = true
  let changed = false
  let wake = (): void => {}

  const listen = async (): Promise<void> => {
    try {
      for await (const event of client.events(query, { signal: stop.signal }))
        if (matters(event)) {
          changed = true
          wake()
        }
    } catch {
      streaming = false // looking now and then takes its place; what is wrong with the server shows there
    }
  }
  const listening = listen()

  return {
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(finish, changed ? 0 : streaming ? pace.streamingMs : pace.pollingMs)
        function finish() {
          clearTimeout(timer)
          changed = false
          wake = () => {}
          resolve()
        }
        wake = finish
      }),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await listening
    },
  }
}
