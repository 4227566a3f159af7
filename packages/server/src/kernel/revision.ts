import { type Refusal, refuse } from './refusal.ts'

/** Refused where somebody edited it since it was read; null goes on. Who names no revision has read none. */
export const staleBy = (given: number | null, current: number): Refusal | null =>
  given === null || given === current ? null : refuse('revision-stale', { given, current })

/** Where somebody's edit came between our reading and our writing. */
export const editedMeanwhile = (read: number): Refusal => refuse('revision-stale', { given: read, current: read + 1 })
