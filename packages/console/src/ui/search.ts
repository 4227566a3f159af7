import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/**
 * What a page's address says beside its path: filters, order, the open tab. Every state of a list is a link, and the
 * back button goes back through them. Keys that are not among these are left alone.
 */
export const useFilters = <const K extends string>(
  keys: readonly K[],
): readonly [Readonly<Partial<Record<K, string>>>, (patch: Partial<Record<K, string | undefined>>) => void] => {
  const search: Readonly<Record<string, string>> = useSearch({ strict: false })
  const navigate = useNavigate()
  // Keys are written in place; their words decide, not the array.
  const named = keys.join(' ')
  const values = useMemo(
    () =>
      Object.fromEntries(
        named.split(' ').flatMap((key) => (search[key] ? [[key, String(search[key])]] : [])),
      ) as Partial<Record<K, string>>, // `named` is these keys
    [search, named],
  )
  const set = useCallback(
    (patch: Partial<Record<K, string | undefined>>) =>
      void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...patch }) }),
    [navigate],
  )
  return [values, set]
}
