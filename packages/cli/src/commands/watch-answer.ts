import type { Client } from '@yiduo/contract'
import { follow } from '../watch/follow.ts'
import type { World } from '../world.ts'
import { findCommand, type Watched } from './command.ts'

type Thing = Readonly<Record<string, unknown>>

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null
const idOf = (value: unknown): string => (isThing(value) ? String(value.id) : '')

/** What stands beside the followed operation, as it is now: a platform that was probed meanwhile. */
const refreshed = async (client: Client, answer: Thing): Promise<Thing> => {
  const entries: [string, unknown][] = []
  for (const [property, value] of Object.entries(answer)) {
    const get = findCommand(property, 'get')
    const [param] = get?.params ?? []
    const again = get && param ? client.send(get.operation, { params: { [param.property]: idOf(value) } }) : value
    entries.push([property, await again])
  }
  return Object.fromEntries(entries)
}

/** Follows what an answer started, to its end; the answer then is what it would be now. */
export const watchAnswer = async (
  client: Client,
  answer: unknown,
  { kind, property }: { kind: Watched; property: string | null },
  quiet: boolean,
  { terminal, say, word, pace }: World,
): Promise<{ answer: unknown; succeeded: boolean }> => {
  const id = idOf(property === null || !isThing(answer) ? answer : answer[property])
  const following = { client, note: quiet ? () => {} : terminal.note, say, word, ...(pace ? { pace } : {}) }
  const { last, succeeded } = await follow(kind, id, following)
  if (!succeeded) terminal.note(say('watched-failed', { id }))
  if (property === null || !isThing(answer)) return { answer: last, succeeded }
  return { answer: { ...(await refreshed(client, answer)), [property]: last }, succeeded }
}
