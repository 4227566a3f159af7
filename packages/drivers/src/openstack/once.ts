import { type Attempt, type Connection, done, isDone, isFailure, type Outcome, pending } from '@yiduo/driver-api'

/** How soon to ask again about what the cloud is working on. */
export const pollMs = 200
/** How soon to look again for what a call still in flight may make. */
const lookAgainMs = 300

/** What one driver knows of calls that may still take effect though nobody waits for their answer any more. */
export interface InFlight {
  possible(thing: string, attempt: Attempt): boolean
  /** To be called before and after each making call. */
  begun(thing: string): void
  ended(thing: string, outcome: Outcome<unknown>): void
}

/** More would mean that nobody comes back for them. */
const maxRemembered = 10_000

type Situation = Pick<Connection, 'now' | 'callLimitMs' | 'underWay'>

/** After a crash there is only `since`; what this process has seen itself is more exact, either way. */
export function createInFlight({ now, callLimitMs, underWay: untilMs }: Situation): InFlight {
  const limitFrom = (instant: Date): number => instant.getTime() + callLimitMs
  return {
    possible(thing, { since }) {
      const until = untilMs.get(thing) ?? (since === null ? 0 : limitFrom(since))
      return now().getTime() < until
    },
    begun(thing) {
      const oldest = untilMs.size < maxRemembered ? undefined : untilMs.keys().next().value
      if (oldest !== undefined) untilMs.delete(oldest)
      untilMs.set(thing, limitFrom(now()))
    },
    ended(thing, outcome) {
      if (wasRefused(outcome)) untilMs.set(thing, 0)
      else if (!isFailure(outcome)) untilMs.delete(thing)
      // Counted from when we stopped waiting: a cloud too slow for our limit still works on it when the limit is over.
      else untilMs.set(thing, limitFrom(now()))
    },
  }
}

/** An answer that says no. After what else is transient the cloud may go on with what we asked. */
const wasRefused = (outcome: Outcome<unknown>): boolean =>
  isFailure(outcome) && (outcome.outcome !== 'transient' || outcome.code === 'cloud-rate-limited')

interface Making<T, P> {
  /** Kind and mark. */
  readonly thing: string
  readonly attempt: Attempt
  readonly inFlight: InFlight
  /** Whether the cloud refuses a second one even while the first call is still under way. */
  readonly fenced: boolean
  /** Finds by mark; null where there is none. */
  look(): Promise<Outcome<T | null>>
  /** What the call needs to know. Looked up before it counts as under way: where this fails nothing was sent. */
  prepare(): Promise<Outcome<P>>
  make(prepared: P): Promise<Outcome<T>>
}

export const nothingToPrepare = async (): Promise<Outcome<null>> => done(null)

/**
 * Exactly one effect. The first attempt makes without looking. A later one looks first; where it finds nothing and
 * the cloud has no fence, it waits out the first call's time limit before it makes. A refusal as a conflict means
 * that an earlier call has won since we looked: what it made is adopted.
 */
export async function makeOnce<T, P>(making: Making<T, P>): Promise<Outcome<T>> {
  const { thing, attempt, inFlight, fenced, look } = making
  if (attempt.since !== null) {
    const found = await look()
    if (!isDone(found)) return found
    if (found.value !== null) return done(found.value)
    if (!fenced && inFlight.possible(thing, attempt)) return pending(null, lookAgainMs)
  }
  const prepared = await making.prepare()
  if (!isDone(prepared)) return prepared
  inFlight.begun(thing)
  const made = await making.make(prepared.value)
  inFlight.ended(thing, made)
  if (!('code' in made) || made.code !== 'cloud-conflict') return made
  const winner = await look()
  return isDone(winner) && winner.value !== null ? done(winner.value) : made
}

interface Removing {
  /** Kind and mark, as it was made. */
  readonly thing: string
  readonly externalId: string | null
  readonly attempt: Attempt
  readonly inFlight: InFlight
  /** Ids of everything with the mark. */
  look(): Promise<Outcome<readonly string[]>>
  /** Done when gone, absent when it was gone before, pending while it goes. */
  drop(id: string): Promise<Outcome<null>>
  /** Done when the thing stands but does not carry the mark; a stranger's is never touched. */
  isStranger(id: string): Promise<Outcome<boolean>>
}

/** Removes all that carries the mark: a lost answer may have made two. */
export async function removeAll(removing: Removing): Promise<Outcome<null>> {
  const found = await removing.look()
  if (!isDone(found)) return found.outcome === 'absent' ? done(null) : found
  const ids = new Set(found.value)
  const { externalId } = removing
  if (externalId !== null && !ids.has(externalId)) {
    const stranger = await removing.isStranger(externalId)
    if (stranger.outcome !== 'done' && stranger.outcome !== 'absent') return stranger
    if (stranger.outcome === 'done') {
      if (stranger.value) return { outcome: 'permanent', code: 'cloud-conflict', words: `${externalId} lacks our mark` }
      ids.add(externalId)
    }
  }
  if (ids.size === 0) {
    // A handle is the id of one that we found and dropped before: what was in flight has landed.
    const unseen = externalId === null && removing.attempt.handle === null
    return unseen && removing.inFlight.possible(removing.thing, removing.attempt)
      ? pending(null, lookAgainMs)
      : done(null)
  }
  let going: Outcome<null> = done(null)
  for (const id of ids) {
    const dropped = await removing.drop(id)
    if (dropped.outcome === 'pending') going = dropped
    else if (dropped.outcome !== 'done' && dropped.outcome !== 'absent') return dropped
  }
  return going
}

/** The oldest of several with one mark is the one that stays. */
export const oldest = <T>(things: readonly T[], createdAt: (thing: T) => string | null | undefined): T | null =>
  things.toSorted((a, b) => (createdAt(a) ?? '').localeCompare(createdAt(b) ?? ''))[0] ?? null
