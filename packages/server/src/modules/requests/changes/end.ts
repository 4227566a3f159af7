import type { Clock } from '../../../kernel/clock.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'

const yearMs = 366 * 86_400_000

/** An end up to a year ahead is standard; beyond that, or without one, the operator decides. */
export const isSoon = (clock: Clock, end: Date | null): boolean =>
  end !== null && end.getTime() - clock.now().getTime() <= yearMs

/** Resources have an end that is still to come, or none. */
export const endInPast = (clock: Clock, end: Date | null): Refusal | null =>
  end === null || end > clock.now() ? null : refuse('input-invalid', { field: 'expiresAt', problem: 'in-the-past' })
