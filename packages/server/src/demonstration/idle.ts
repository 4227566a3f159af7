import { setTimeout as delay } from 'node:timers/promises'
import { invariant } from '../kernel/invariant.ts'
import { direction, type Scene } from './scene.ts'

const limitMs = 120_000

/** Waits until no operation is under way, one that a former start left behind included. */
export const untilIdle = async ({ yiduo: { rooms }, clock }: Scene): Promise<void> => {
  const act = direction('operation.list')
  const isIdle = async (): Promise<boolean> => {
    for (const state of ['queued', 'running', 'undoing'])
      if ((await rooms.operations.list(act, { state, limit: 1 }, 'zh-CN')).items.length > 0) return false
    return true
  }
  const end = clock.now().getTime() + limitMs
  while (!(await isIdle())) {
    invariant(clock.now().getTime() < end, 'an operation of the demonstration does not end')
    await delay(10)
  }
}
