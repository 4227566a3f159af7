import type { Clock } from '../../../kernel/clock.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'

/** Resources have an end that is still to come, or none. */
export const endInPast = (clock: Clock, end: Date | null): Refusal | null =>
  end === null || end > clock.now() ? null : refuse('input-invalid', { field: 'expiresAt', problem: 'in the past' })
