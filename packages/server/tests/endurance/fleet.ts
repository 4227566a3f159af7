import { setTimeout as delay } from 'node:timers/promises'
import { ProblemError } from '@yiduo/contract'
import type { Stage, StageServer } from '../world/stage.ts'

/** Some servers on one database, of which one or another is always dying. */
export interface Fleet extends AsyncDisposable {
  /** Asks one that lives, and another if it dies meanwhile or cannot now; a refusal is an answer. */
  insist<T>(ask: (server: StageServer) => Promise<T>): Promise<T>
  /** `kill -9` to the one whose turn it is; another begins in its place at once. */
  kill(round: number): Promise<void>
}

/** As the product presets it: the test is about what users have. */
const environment = { YIDUO_LEASE_MS: '10000' }

const isRefusal = (error: unknown): boolean => error instanceof ProblemError && error.problem.status < 500

export const createFleet = async (stage: Stage, size: number): Promise<Fleet> => {
  const start = () => stage.start(environment)
  const living = new Set(await Promise.all(Array.from({ length: size }, start)))
  const starting = new Set<Promise<void>>()
  let turn = 0

  const next = (): StageServer | undefined => [...living][turn++ % Math.max(1, living.size)]

  const insist = async <T>(ask: (server: StageServer) => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt++) {
      const server = next()
      try {
        if (server) return await ask(server)
      } catch (error) {
        if (isRefusal(error) || attempt >= 60) throw error
      }
      await delay(500)
    }
  }

  return {
    insist,
    async kill(round) {
      await Promise.all(starting) // on a slow machine the one before may still begin
      const victim = [...living][round % living.size]
      if (!victim) return
      living.delete(victim)
      victim.kill()
      await victim.ended
      const begun = start().then((server) => {
        living.add(server)
        starting.delete(begun)
      })
      starting.add(begun)
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(starting)
      await Promise.all([...living].map((server) => server[Symbol.asyncDispose]()))
    },
  }
}
