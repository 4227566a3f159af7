import { admitted, rejected, type TraitFilter } from '../model.ts'

/** What a cloud cannot do is not promised there; the first missing ability is the reason. */
export const capabilities: TraitFilter = {
  name: 'capabilities',
  admits: (pool, ask) => {
    const missing = ask.needs.find((name) => !pool.capabilities.has(name))
    return missing === undefined ? admitted : rejected('capability-missing', { capability: missing })
  },
}
