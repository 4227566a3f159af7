/** What somebody typed, as lines of a screen. Keys come as characters; `\n` ends a line and `\b` takes one back. */
export interface Typed {
  readonly lines: readonly string[]
}

export const nothingTyped: Typed = { lines: [''] }

export const type = (
  { lines }: Typed,
  key: string,
  limit: { readonly lines: number; readonly columns: number },
): Typed => {
  const last = lines.at(-1) ?? ''
  const before = lines.slice(0, -1)
  if (key === '\n') return { lines: [...lines, ''].slice(-limit.lines) }
  if (key === '\b') return { lines: [...before, last.slice(0, -1)] }
  if (last.length < limit.columns) return { lines: [...before, last + key] }
  return { lines: [...lines, key].slice(-limit.lines) }
}
