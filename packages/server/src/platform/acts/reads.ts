import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { LateEntries } from './late-entries.ts'
import { entryOf, jsonOf } from './record.ts'

/** What somebody has read that must be on record. */
export interface Read {
  /** Typed id of what was read; the operation's noun for a list. */
  readonly on: string
  /** Whose it is, bare; null where it is several organisations' or nobody's. */
  readonly organisationId: string | null
  /** All of them, where it is known. */
  readonly owners: readonly string[]
  readonly after?: unknown
  /** Each time it is read; once in a while; or only where it could not have been read without emergency access. */
  readonly when: 'always' | 'at-times' | 'in-emergency'
}

/** Takes note of a read, off the reader's path. */
export type NoteRead = (act: Act, read: Read) => void

/** A screen that looks again every few seconds is one look in so long. */
const sameMs = 10 * 60_000

/** What was noted within so long, so that a screen left open does not fill the trail. */
const createMemory = (clock: Clock) => {
  const until = new Map<string, number>()
  let forgottenAt = clock.now().getTime()
  const forget = (now: number): void => {
    if (now - forgottenAt < sameMs) return
    for (const [key, end] of until) if (end <= now) until.delete(key)
    forgottenAt = now
  }
  return {
    isNew(key: string): boolean {
      const now = clock.now().getTime()
      forget(now)
      if ((until.get(key) ?? 0) > now) return false
      until.set(key, now + sameMs)
      return true
    },
  }
}

export const createReads = ({ clock, late }: { readonly clock: Clock; readonly late: LateEntries }): NoteRead => {
  const memory = createMemory(clock)
  return (act, { on, organisationId, owners, after, when }) => {
    const who = entryOf(act)
    const { emergency } = act
    const key = [who.actor, act.operation, on, organisationId, who.address, emergency?.grantId].join('\n')
    if (when !== 'always' && !memory.isNew(key)) return
    late.push({
      ...who,
      operation: act.operation,
      target: on,
      organisationId,
      after: jsonOf(after),
      outcome: null,
      ...(emergency ? { emergency: { access: emergency, owners, alone: when === 'in-emergency' } } : {}),
    })
  }
}
