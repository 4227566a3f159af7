import type { JsonSchema } from '@yiduo/contract'

/** Prefixes that a typed id may bear, read from its pattern: `^plt_…` or `^(srv|vol|net|adr)_…`; null for no id. */
export const idPrefixesOf = ({ pattern }: JsonSchema): readonly string[] | null => {
  const [, one, several] = pattern?.match(/^\^(?:([a-z]{3})|\(([a-z]{3}(?:\|[a-z]{3})*)\))_/) ?? []
  if (one) return [one]
  return several ? several.split('|') : null
}
