import { useState } from 'react'
import { keep, readKept } from '../../preferences.ts'
import type { TableColumn } from './columns.ts'

type Visibility = Record<string, boolean>

const isVisibility = (it: unknown): it is Visibility =>
  typeof it === 'object' && it !== null && Object.values(it).every((shown) => typeof shown === 'boolean')

/** Which columns a person wants to see of this list, remembered from visit to visit. */
export const useVisibility = <T>(id: string, columns: readonly TableColumn<T>[]) => {
  const key = `columns.${id}`
  const standard = Object.fromEntries(columns.map((it) => [it.id, it.hidden !== true]))
  const [chosen, setChosen] = useState<Visibility>(() => {
    const kept = readKept(key)
    return isVisibility(kept) ? kept : {}
  })
  const choose = (next: Visibility) => {
    keep(key, Object.keys(next).length > 0 ? next : null)
    setChosen(next)
  }
  return { visibility: { ...standard, ...chosen }, choose }
}
