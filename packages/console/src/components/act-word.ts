import { operations } from '@yiduo/contract'
import { useCallback, useMemo } from 'react'
import { useLocale, useTranslation } from '../i18n/index.ts'
import type { acts } from '../i18n/zh-cn/acts.ts'
import type { oversight } from '../i18n/zh-cn/oversight.ts'
import type { sagas } from '../i18n/zh-cn/sagas.ts'

type Acts = typeof acts
type Key = { [N in keyof Acts]: `acts.${N}.${keyof Acts[N] & string}` }[keyof Acts]

type Program = `oversight.programs.${keyof typeof oversight.programs}` | `sagas.sagas.${keyof typeof sagas.sagas}`

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

/** Who acted: a person by the log-in, a part of the program in words. */
export const useActorWord = (): ((actor: string) => string) => {
  const { t, i18n } = useTranslation()
  return useCallback(
    (actor) => {
      if (actor === 'nobody') return t('oversight.nobody')
      const isProgram = (key: string): key is Program => i18n.exists(key)
      // A saga whose steps changed bears the number of the change.
      const keys = [`oversight.programs.${actor}`, `sagas.sagas.${actor.replace(/@\d+$/, '')}`]
      const key = keys.find(isProgram)
      return key ? t('oversight.program', { part: t(key) }) : actor
    },
    [t, i18n],
  )
}
