import { setTimeout as delay } from 'node:timers/promises'

/** Looks until it holds; every so often, and never for ever. */
export const waitFor = async (look: () => Promise<boolean>, everyMs = 25, limitMs = 180_000): Promise<void> => {
  const end = performance.now() + limitMs
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms`)
    await delay(everyMs)
  }
}
