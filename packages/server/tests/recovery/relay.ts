import type { Stage, StageServer } from '../world/stage.ts'

/**
 * One server after another over one database. Each is told where to end itself, as if by `kill -9`; the next one
 * finishes what it left behind and waits for its own turn. The points go against the direction of the work, so that
 * no server meets its own point while it finishes another's.
 */
export interface Relay extends AsyncDisposable {
  /** The one that will end at the first point that has not had its turn. */
  readonly server: StageServer
  /** Begins what ends the server, and answers the one that takes over. */
  endsDuring(begin: (server: StageServer) => Promise<unknown>): Promise<StageServer>
}

export const createRelay = async (stage: Stage, points: readonly string[]): Promise<Relay> => {
  const remaining = [...points]
  const start = () => {
    const point = remaining.shift()
    return stage.start(point === undefined ? {} : { YIDUO_CRASH_AT: point })
  }
  let server = await start()
  return {
    get server() {
      return server
    },
    async endsDuring(begin) {
      const heard = begin(server).catch(() => undefined) // its answer may be lost with it
      const how = await server.ended
      if (how !== 'SIGKILL') throw new Error(`the server ended by ${how}`)
      server = await start()
      await heard
      return server
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
