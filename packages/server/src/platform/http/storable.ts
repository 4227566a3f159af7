/** PostgreSQL stores no NUL in a text, and no half of a surrogate pair in a JSON. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/**
 * Where a value holds a text that cannot be stored, as a path of members; null where it holds none. What comes from
 * JSON is a tree as deep as its own text, which the body's limit bounds.
 */
export const unstorableIn = (value: unknown, path: readonly string[] = []): readonly string[] | null => {
  if (typeof value === 'string') return isStorable(value) ? null : path
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const found = isStorable(key) ? unstorableIn(inner, [...path, key]) : path
    if (found) return found
  }
  return null
}
