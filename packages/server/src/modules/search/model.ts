import type { Found } from '../../platform/database/index.ts'

/** 0 is called just so, 1 begins so, 2 holds it. */
const rankOf = ({ id, name, note }: Found, text: string): number => {
  const known = [id, name, note ?? ''].map((it) => it.toLowerCase())
  const low = text.trim().toLowerCase()
  if (known.includes(low)) return 0
  return known.some((it) => it.startsWith(low)) ? 1 : 2
}

/** The best first and each once; of equals the first found. */
export const ranked = (found: readonly Found[], text: string): Found[] =>
  [...new Map(found.map((it) => [it.id, it])).values()].sort((a, b) => rankOf(a, text) - rankOf(b, text))
