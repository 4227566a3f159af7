import { setTimeout as delay } from 'node:timers/promises'

export const waitUntil = async <T>(look: () => Promise<T | null | undefined | false>, limitMs = 45_000): Promise<T> => {
  const end = Date.now() + limitMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${String(look)}`)
    await delay(25)
  }
}
