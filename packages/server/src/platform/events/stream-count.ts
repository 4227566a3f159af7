import { type FaultCode, fault } from '@yiduo/contract'
import type { Caller } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'

/** A stream takes a socket, a timer and what is not yet sent; some browsers' windows are enough for anybody. */
const limitsOfEvents = { ofPerson: 20, ofProcess: 1_000 }

/** Counts the streams that are open, and opens no more than the process and their owner may have. */
export const createStreamCount = (
  { ofPerson, ofProcess } = limitsOfEvents,
  refusedAs: FaultCode = 'too-many-streams',
) => {
  const open = new Map<string, number>()
  let all = 0
  const count = (who: string, change: 1 | -1): void => {
    all += change
    const left = (open.get(who) ?? 0) + change
    if (left > 0) open.set(who, left)
    else open.delete(who)
  }
  return {
    /** @throws FaultError when it would be one too many; disposing closes it. */
    open(caller: Caller): Disposable {
      const who = caller.kind === 'person' ? caller.personId : caller.kind
      if ((open.get(who) ?? 0) >= ofPerson) throw new FaultError(fault(refusedAs, { limit: ofPerson }))
      if (all >= ofProcess) throw new FaultError(fault(refusedAs, { limit: ofProcess }))
      count(who, 1)
      return { [Symbol.dispose]: () => count(who, -1) }
    },
  }
}
