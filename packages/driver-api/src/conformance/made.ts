import type { Attempt, ProjectRef } from '../driver.ts'
import type { ObservedKind } from '../inventory.ts'
import type { Outcome } from '../outcome.ts'

/** How one thing is made and removed, under a mark fixed beforehand. */
export interface Recipe<T> {
  readonly kind: ObservedKind
  readonly mark: string
  readonly name: string
  /** Null for a project itself. */
  readonly project: ProjectRef | null
  create(attempt: Attempt): Promise<Outcome<T>>
  remove(externalId: string | null, attempt: Attempt): Promise<Outcome<null>>
  idOf(ref: T): string
}

export interface Made<T> {
  readonly recipe: Recipe<T>
  readonly ref: T
  readonly externalId: string
  /** Instant of the first call. */
  readonly since: Date
}
