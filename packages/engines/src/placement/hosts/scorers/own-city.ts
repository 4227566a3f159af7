import { ownCity as ownCityOfPool } from '../../scorers/own-city.ts'
import type { Shape } from '../shape.ts'
import type { HostScorer } from './scorer.ts'

/** As among pools: a department's own city, then the province's core node, then other cities. */
export const ownCity = (weight: number): HostScorer => ({
  name: ownCityOfPool.name,
  weight,
  bind: (fleet) => {
    const costs = new WeakMap<Shape, Float64Array>()
    const costsOf = (shape: Shape): Float64Array => {
      const known = costs.get(shape)
      if (known) return known
      const byClass = Float64Array.from(fleet.classes, ({ traits }) => 1 - ownCityOfPool.score(traits, shape.ask))
      costs.set(shape, byClass)
      return byClass
    }
    return { changed: () => {}, cost: (host, shape) => costsOf(shape)[fleet.classOf[host] ?? 0] ?? 0 }
  },
})
