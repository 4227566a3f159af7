import {
  done,
  isDone,
  type Observed,
  type ObservedKind,
  type Outcome,
  type Page,
  type ProjectRef,
} from '@yiduo/driver-api'
import { type Cloud, fromHome } from './cloud.ts'
import { kinds } from './kinds.ts'
import type { Observing } from './observed.ts'
import type { Rights } from './rights.ts'

interface Listing {
  list(kind: ObservedKind, cursor: string | null): Promise<Outcome<Page>>
  get(kind: ObservedKind, externalId: string, project: ProjectRef | null): Promise<Outcome<Observed>>
}

interface ListingDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  readonly observing: Observing
}

export const createListing = ({ cloud, rights, observing }: ListingDeps): Listing => ({
  async list(kind, cursor) {
    const { rightToAll, list } = kinds[kind]
    const all = rightToAll === undefined ? done(false) : await rights.may(rightToAll)
    return isDone(all) ? list(cloud, observing, all.value, cursor) : all
  },
  get: (kind, externalId, project) =>
    fromHome(cloud, project, (scope) => kinds[kind].get(cloud, observing, externalId, scope)),
})
