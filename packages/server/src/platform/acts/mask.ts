const secret = /password|credential|secret|token/i

/** A copy with every secret's value hidden, at any depth; that there was one stays visible. */
export const mask = (value: unknown): unknown => {
  if (value instanceof Date || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(mask)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secret.test(key) && inner !== null && (typeof inner === 'string' || typeof inner === 'object')
        ? '***'
        : mask(inner),
    ]),
  )
}
