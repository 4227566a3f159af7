import type { ActName } from '@yiduo/contract'
import type { Yiduo } from '../compose.ts'
import { programAct } from '../kernel/act.ts'
import { invariant } from '../kernel/invariant.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Cast } from './cast.ts'
import type { HistoryClock } from './history-clock.ts'
import type { Random } from './random.ts'

/** What every part of the demonstration is made with. */
export interface Scene {
  readonly yiduo: Pick<Yiduo, 'rooms' | 'database' | 'record' | 'reconcilers' | 'registry' | 'markPrefix' | 'grantUse'>
  readonly clock: HistoryClock
  readonly random: Random
  readonly cast: Cast
}

/** For what no person of the demonstration may do or needs to be seen doing. */
export const direction = (operation: ActName) => programAct('demonstration', operation, 'demonstration')

/** Lists are read whole: nothing of the demonstration is longer. */
export const whole = { limit: 500 } as const

/** The demonstration asks for nothing that is not to be had; a refusal is a defect of it. */
export const agreed = <T>(it: T | Refusal): T => {
  invariant(!isRefusal(it), `the demonstration was refused: ${JSON.stringify(it)}`)
  return it
}
