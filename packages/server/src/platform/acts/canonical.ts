import type { ActName } from '@yiduo/contract'

/** An entry of the audit trail as it is written; `before` and `after` are JSON as text. */
export interface WrittenEntry {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly actorOrganisationId: string | null
  readonly onBehalfOf: string | null
  readonly operation: ActName
  readonly target: string
  readonly organisationId: string | null
  readonly address: string | null
  readonly trace: string
  readonly before: string | null
  readonly after: string | null
  /** Stands in the text only where there is one: entries of before there was any stay as they were signed. */
  readonly emergencyGrantId: string | null
  /** Null where it was done. It stands in the text only where it is not null, as does the one before. */
  readonly outcome: 'refused' | null
}

const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value))

/**
 * The one text that is signed and chained: a JSON array of all fields, as PostgreSQL's `json_build_array` prints it, so
 * that the database can put it together again from the columns. `at` is in microseconds, the finest that it keeps.
 */
export const canonicalText = (it: WrittenEntry): string =>
  `[${[
    text(it.id),
    it.at.getTime() * 1_000,
    text(it.actor),
    text(it.actorOrganisationId),
    text(it.onBehalfOf),
    text(it.operation),
    text(it.target),
    text(it.organisationId),
    text(it.address),
    text(it.trace),
    it.before ?? 'null',
    it.after ?? 'null',
    ...(it.emergencyGrantId === null ? [] : [text(it.emergencyGrantId)]),
    ...(it.outcome === null ? [] : [text(it.outcome)]),
  ].join(', ')}]`
