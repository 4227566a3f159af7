import type { Locale } from '@yiduo/contract'
import { createStore, type Store } from './store.ts'

const prefix = 'yiduo.'

/** What a browser keeps for its person; where it keeps nothing (private windows), it is forgotten with the tab. */
const read = (key: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? 'null')
  } catch {
    return null
  }
}

/** Null forgets. */
export const keep = (key: string, value: unknown): void => {
  try {
    if (value === null) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // full or forbidden: what was to be kept lasts as long as the page
  }
}

/** A store that lasts; what was kept by another release and is no longer understood is as if it were not there. */
const keptStore = <T>(key: string, initial: T, isValid: (value: unknown) => value is T): Store<T> => {
  const kept = read(key)
  const store = createStore(isValid(kept) ? kept : initial)
  return {
    ...store,
    set(value) {
      keep(key, value)
      store.set(value)
    },
  }
}

const oneOf =
  <const T extends readonly string[]>(values: T) =>
  (value: unknown): value is T[number] =>
    values.some((it) => it === value)

export const themes = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themes)[number]

/** Not the contract's own list: texts are brought before the contract is. */
const locales = ['zh-CN', 'en'] as const satisfies readonly Locale[]

const spokenHere = (): Locale => (navigator.language.startsWith('en') ? 'en' : 'zh-CN')

export const localePreference = keptStore<Locale>('locale', spokenHere(), oneOf(locales))
export const themePreference = keptStore<ThemeChoice>('theme', 'system', oneOf(themes))
export const navigationFolded = keptStore<boolean>('navigation-folded', false, (it) => typeof it === 'boolean')

export const readKept = read
