import { operations, programActs } from '@yiduo/contract'
import { useCallback, useMemo } from 'react'
import { useLocale, useTranslation } from '../i18n/index.ts'
import type { oversight } from '../i18n/zh-cn/oversight.ts'
import type { sagas } from '../i18n/zh-cn/sagas.ts'

type Program = `oversight.programs.${keyof typeof oversight.programs}` | `sagas.sagas.${keyof typeof sagas.sagas}`

/** All that can have been done, as people call it, by its name: people's operations, and what the program does by itself. */
export const useActWords = (): ReadonlyMap<string, string> => {
  const locale = useLocale()
  return useMemo(
    () =>
      new Map([
        ...operations.map((it) => [it.name, it.summary[locale]] as const),
        ...Object.entries(programActs).map(([name, words]) => [name, words[locale]] as const),
      ]),
    [locale],
  )
}

/** What was done, as people call it; what a later release does keeps its code. */
export const useActWord = (): ((name: string) => string) => {
  const words = useActWords()
  return useCallback((name) => words.get(name) ?? name, [words])
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
