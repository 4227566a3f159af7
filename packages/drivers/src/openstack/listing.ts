import { isDone, type Observed, type ObservedKind, type Outcome, type Page } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { kinds } from './kinds.ts'
import type { Observing } from './observed.ts'
import type { Rights } from './rights.ts'

interface Listing {
  list(kind: ObservedKind, cursor: string | null): Promise<Outcome<Page>>
  get(kind: ObservedKind, externalId: string): Promise<Outcome<Observed>>
}

interface ListingDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  readonly observing: Observing
}

export const createListing = ({ cloud, rights, observing }: ListingDeps): Listing => ({
  async list(kind, cursor) {
    const admin = await rights.isAdmin()
    return isDone(admin) ? kinds[kind].list(cloud, observing, admin.value, cursor) : admin
  },
  // From home: an administrator reads everywhere from there, also what stands in a project that is gone; anyone else
  // has no other project, and what others share with it is read in its own scope too.
  get: (kind, externalId) => kinds[kind].get(cloud, observing, externalId),
})
