import { type Failure, failure } from '@yiduo/driver-api'

/** Refusals that several facets give, in the words of a cloud. */
export const vanished = (kind: string, id: string): Failure =>
  failure('permanent', 'cloud-thing-vanished', `There is no ${kind} ${id} (HTTP 404)`)

export const conflict = (words: string): Failure => failure('permanent', 'cloud-conflict', `${words} (HTTP 409)`)

/** A state that passes: repeating is right. */
export const notYet = (words: string): Failure => failure('transient', 'cloud-conflict', `${words} (HTTP 409)`, 500)

export const refused = (words: string): Failure => failure('permanent', 'cloud-request-refused', `${words} (HTTP 400)`)

export const noRoom = (words: string): Failure => failure('exhausted', 'cloud-capacity-exhausted', words)

/** What carries no mark of this installation is never touched. */
export const foreign = (mark: string | null, prefix: string): Failure | null =>
  mark?.startsWith(prefix) ? null : refused('It was not made by this installation')
