import type { ActName, FaultCode } from '@yiduo/contract'
import { type Caller, callerName } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { LateEntries, LateEntry } from './late-entries.ts'

/** What somebody tried, and why it was refused. */
export interface Tried {
  readonly caller: Caller
  readonly operation: ActName
  /** Typed id of what it was tried on; the operation's noun where there is none. */
  readonly on: string
  /** Bare id of the organisation whose auditors are told; null for those of the whole province alone. */
  readonly organisationId: string | null
  readonly code: FaultCode
  readonly address: string | null
  readonly trace: string
}

/** Takes note of what was refused, off everybody's path. */
export type NoteRefusal = (tried: Tried) => void

export interface Refusals extends AsyncDisposable {
  readonly note: NoteRefusal
}

/** What is tried again and again is an entry when it begins, and one with the count for each such time. */
const windowMs = 60_000
/** So many kinds of attempts of one person, and so many addresses of nobody, are told apart at once. */
const kindsOfPerson = 20
const addressesOfNobody = 100

interface Counted {
  readonly tried: Tried
  readonly who: string
  /** Whether it is told apart from what else they tried. */
  readonly isApart: boolean
  readonly since: number
  more: number
}

const whoOf = ({ caller }: Tried): string => (caller.kind === 'person' ? caller.personId : 'nobody')

/** `more`: how many like it came after the one that has an entry already. */
const entryOf = ({ tried, isApart, more }: Pick<Counted, 'tried' | 'isApart' | 'more'>): LateEntry => {
  const { caller, organisationId, operation, on, code, address, trace } = tried
  const after = { code: isApart ? code : 'several', ...(more > 0 ? { more } : {}) }
  return {
    actor: callerName(caller),
    actorOrganisationId: caller.kind === 'person' ? caller.organisationId : null,
    onBehalfOf: null,
    operation: isApart ? operation : 'several.refuse',
    target: isApart ? on : 'several',
    organisationId,
    address: isApart || caller.kind === 'person' ? address : null,
    trace,
    after: JSON.stringify(after),
    outcome: 'refused',
  }
}

/**
 * Nobody fills the trail with what is refused: of one caller, operation and reason there are two entries a minute at most,
 * and of one caller, or of all who are nobody, no more than so many of these.
 */
export const createRefusals = ({ clock, late }: { readonly clock: Clock; readonly late: LateEntries }): Refusals => {
  const counted = new Map<string, Counted>()
  const kinds = new Map<string, number>()

  const keyOf = (tried: Tried): { key: string; isApart: boolean } => {
    const who = whoOf(tried)
    const { operation, on, code, address } = tried
    const key = (who === 'nobody' ? [who, code, address] : [who, operation, on, code]).join('\n')
    const isRoom = (kinds.get(who) ?? 0) < (who === 'nobody' ? addressesOfNobody : kindsOfPerson)
    return isRoom || counted.has(key) ? { key, isApart: true } : { key: `${who}\nseveral`, isApart: false }
  }
  const settle = (isOver: (it: Counted) => boolean): void => {
    for (const [key, it] of counted) {
      if (!isOver(it)) continue
      counted.delete(key)
      if (it.isApart) kinds.set(it.who, (kinds.get(it.who) ?? 1) - 1)
      if (kinds.get(it.who) === 0) kinds.delete(it.who)
      if (it.more > 0) late.push(entryOf(it))
    }
  }
  const beat = setInterval(() => {
    const now = clock.now().getTime()
    settle(({ since }) => Math.abs(now - since) >= windowMs) // a clock that is set back holds nothing up
  }, 1_000)

  return {
    note(tried) {
      const { key, isApart } = keyOf(tried)
      const known = counted.get(key)
      if (known) {
        known.more += 1
        return
      }
      const who = whoOf(tried)
      if (isApart) kinds.set(who, (kinds.get(who) ?? 0) + 1)
      const it = { tried, who, isApart, since: clock.now().getTime(), more: 0 }
      counted.set(key, it)
      late.push(entryOf(it))
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat)
      settle(() => true)
    },
  }
}
