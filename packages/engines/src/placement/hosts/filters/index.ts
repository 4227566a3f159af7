import { traitFilters } from '../../filters/index.ts'
import { cardModel } from './card-model.ts'
import { cardsFree } from './cards-free.ts'
import { cardsWhole } from './cards-whole.ts'
import type { ClassFilter, HostFilter } from './filter.ts'
import { inService } from './in-service.ts'
import { memory } from './memory.ts'
import { vcpus } from './vcpus.ts'

export type { ClassFilter, HostFilter } from './filter.ts'

/** What holds for a pool holds for each of its hosts: the same rules, in the same order. */
export const classFilters: readonly ClassFilter[] = [
  ...traitFilters.map(
    (filter): ClassFilter => ({
      name: filter.name,
      admits: (hostClass, ask) => filter.admits(hostClass.traits, ask),
    }),
  ),
  cardModel,
]

/** The first that says no is the one that is told, so `cards-cut-up` is only said where all else would do. */
export const hostFilters: readonly HostFilter[] = [inService, vcpus, memory, cardsFree, cardsWhole]
