import type { Locale, VocabularyName } from '@yiduo/contract'
import { isolated, wordOf } from '@yiduo/contract'
import i18next, { type TFunction } from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { localePreference } from '../preferences.ts'
import type { zhCn } from './zh-cn/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCn }
    returnNull: false
  }
}

export type Translate = TFunction

const catalogues = {
  'zh-CN': async () => (await import('./zh-cn/index.ts')).zhCn,
  en: async () => (await import('./en/index.ts')).en,
} as const satisfies Record<Locale, () => Promise<object>>

const load = async (locale: Locale): Promise<void> => {
  if (!i18next.hasResourceBundle(locale, 'translation'))
    i18next.addResourceBundle(locale, 'translation', await catalogues[locale]())
}

const show = async (locale: Locale): Promise<void> => {
  await load(locale)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** A language is brought when it is chosen; both at once would be half of the first screen. */
export const startI18n = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: localePreference.get(),
    supportedLngs: ['zh-CN', 'en'],
    load: 'currentOnly',
    resources: {},
    // React escapes what it writes; only the direction of names is seen to here.
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
  })
  await show(localePreference.get())
  localePreference.subscribe(() => void show(localePreference.get()))
}

export const useLocale = (): Locale => (useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN')

/** The word of one of the contract's codes in the language that is shown. */
export const useWord = (): ((name: VocabularyName, code: string) => string) => {
  const locale = useLocale()
  return useCallback((name, code) => wordOf(locale, name, code), [locale])
}

export { useTranslation }
