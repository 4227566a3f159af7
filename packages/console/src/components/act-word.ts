import { operations } from '@yiduo/contract'
import { useCallback, useMemo } from 'react'
import { useLocale, useTranslation } from '../i18n/index.ts'
import type { acts } from '../i18n/zh-cn/acts.ts'

type Acts = typeof acts
type Key = { [N in keyof Acts]: `acts.${N}.${keyof Acts[N] & string}` }[keyof Acts]

/** Operations by their names, as people call them. */
export const useOperationWords = (): ReadonlyMap<string, string> => {
  const locale = useLocale()
  return useMemo(() => new Map(operations.map((it) => [it.name, it.summary[locale]])), [locale])
}

/** What was done, as people call it; what a later release does keeps its code. */
export const useActWord = (): ((name: string) => string) => {
  const { t, i18n } = useTranslation()
  const words = useOperationWords()
  return useCallback(
    (name) => {
      const isAct = (key: string): key is Key => i18n.exists(key)
      const key = `acts.${name}`
      return words.get(name) ?? (isAct(key) ? t(key) : name)
    },
    [t, i18n, words],
  )
}
