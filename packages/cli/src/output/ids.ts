import type { JsonSchema } from '@yiduo/contract'
import { isThing, subjectOf } from './answer.ts'

/** Ids of what was answered, in its order; none for what bears no id. */
export const answerIds = (columns: readonly string[], schema: JsonSchema, answer: unknown): readonly string[] => {
  if (!isThing(answer)) return []
  const things = Array.isArray(answer.items) ? answer.items.filter(isThing) : [subjectOf(columns, schema, answer).thing]
  return things.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
}
