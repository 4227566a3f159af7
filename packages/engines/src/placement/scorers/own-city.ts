import type { TraitScorer } from '../model.ts'

/** GB/T 2260: digits 1–2 are the province, 3–4 the city (00: the province itself), 5–6 the county. */
const provinceOf = (divisionCode: string): string => divisionCode.slice(0, 2)
const cityOf = (divisionCode: string): string => divisionCode.slice(0, 4)
const isProvince = (divisionCode: string): boolean => divisionCode.slice(2, 4) === '00'

/**
 * A department's own city first, then the province's core node, then other cities. A provincial department's
 * own node is the core node. Weighs more than all other wishes together: each level answers for its own.
 */
export const ownCity: TraitScorer = {
  name: 'own-city',
  weight: 10,
  score: (pool, ask) => {
    if (cityOf(pool.divisionCode) === cityOf(ask.divisionCode)) return 1
    return isProvince(pool.divisionCode) && provinceOf(pool.divisionCode) === provinceOf(ask.divisionCode) ? 0.5 : 0
  },
}
