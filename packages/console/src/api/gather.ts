import type { Query, QueryClient } from '@tanstack/react-query'

export const familyOf = (name: string): string => name.slice(0, name.indexOf('.') < 0 ? undefined : name.indexOf('.'))

/**
 * Asks again, once in so long, for what has become stale since. An answer that is still on its way is waited for first:
 * of a list with many pages, events that come faster than it would otherwise have the first page asked for for ever.
 */
export const gather = (queries: QueryClient, everyMs: number) => {
  const stale = new Set<string>()
  const late = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const [names, waited] = [new Set(stale), new Set(late)]
    stale.clear()
    late.clear()
    const predicate = ({ queryKey: [name], queryHash }: Query): boolean =>
      names.has(familyOf(String(name))) || waited.has(queryHash)
    for (const it of queries.getQueryCache().findAll({ type: 'active', predicate }))
      if (it.state.fetchStatus !== 'idle') late.add(it.queryHash)
    void queries.invalidateQueries({ predicate, refetchType: 'none' })
    void queries.refetchQueries({ type: 'active', predicate: (it) => predicate(it) && !late.has(it.queryHash) })
    if (late.size > 0) timer = setTimeout(flush, everyMs)
  }
  return {
    add(names: readonly string[]) {
      for (const name of names) stale.add(name)
      timer ??= setTimeout(flush, everyMs)
    },
    stop: () => clearTimeout(timer),
  }
}
