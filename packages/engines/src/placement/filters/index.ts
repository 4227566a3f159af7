import type { Filter, TraitFilter } from '../model.ts'
import { architecture } from './architecture.ts'
import { capabilities } from './capabilities.ts'
import { capacity } from './capacity.ts'
import { chosenPlatform } from './chosen-platform.ts'
import { image } from './image.ts'
import { online } from './online.ts'
import { securityGrade } from './security-grade.ts'

/**
 * In this order, and the first rejection is the one that is told. What the applicant can change comes first,
 * what passes by itself last: "no room" is only said of a pool that would otherwise have done.
 */
export const traitFilters: readonly TraitFilter[] = [
  chosenPlatform,
  architecture,
  securityGrade,
  capabilities,
  image,
  online,
]

export const filters: readonly Filter[] = [...traitFilters, capacity]
