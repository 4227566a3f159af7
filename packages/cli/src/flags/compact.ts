import { usageError } from '../command-error.ts'

/** A key, and its value where one was given; `public-address` alone has none. */
export type Pair = readonly [key: string, value: string | null]

const badly = (text: string) => usageError('compact-wrong', { value: text })

/** Where the JSON string that starts at `from` ends; it was opened with a quote. */
const endOfQuoted = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  throw badly(text)
}

const unquoted = (text: string): string => {
  try {
    return JSON.parse(text)
  } catch {
    throw badly(text)
  }
}

/** `plan=general-2c4g,name="a,b",public-address`; a value that has a comma stands in JSON quotes. */
export const readCompact = (text: string): readonly Pair[] => {
  const pairs: Pair[] = []
  let at = 0
  while (at < text.length) {
    const [key = ''] = text.slice(at).match(/^[^=,]+/) ?? []
    if (key.trim() === '') throw badly(text)
    at += key.length
    if (text[at] !== '=') pairs.push([key.trim(), null])
    else {
      const from = at + 1
      const comma = text.indexOf(',', from)
      const quoted = text[from] === '"'
      at = quoted ? endOfQuoted(text, from) : comma < 0 ? text.length : comma
      const value = text.slice(from, at)
      pairs.push([key.trim(), quoted ? unquoted(value) : value])
    }
    if (at === text.length) break
    if (text[at] !== ',' || at + 1 === text.length) throw badly(text)
    at++
  }
  return pairs
}

const needsQuotes = (value: string): boolean => value.startsWith('"') || value.includes(',')

export const writeCompact = (pairs: readonly Pair[]): string =>
  pairs
    .map(([key, value]) => {
      if (value === null) return key
      return `${key}=${needsQuotes(value) ? JSON.stringify(value) : value}`
    })
    .join(',')
