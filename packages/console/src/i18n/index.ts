import type { Locale, VocabularyName } from '@yiduo/contract'
import { isolated, wordOf } from '@yiduo/contract'
import type { Locale as WidgetWords } from 'antd/es/locale'
import i18next, { type TFunction } from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { localePreference } from '../preferences.ts'
import { bringLanguage } from './languages.ts'
import type { zhCn } from './zh-cn/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCn }
    returnNull: false
  }
}

export type Translate = TFunction

const widgetWords = new Map<Locale, WidgetWords>()

const load = async (locale: Locale): Promise<void> => {
  if (widgetWords.has(locale)) return
  const { texts, widgets } = await bringLanguage(locale)
  i18next.addResourceBundle(locale, 'translation', texts)
  widgetWords.set(locale, widgets)
}

const show = async (locale: Locale): Promise<void> => {
  await load(locale)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

export const startI18n = async (): Promise<void> => {
  const loading = load(localePreference.get())
  await i18next.use(initReactI18next).init({
    lng: localePreference.get(),
    supportedLngs: ['zh-CN', 'en'],
    load: 'currentOnly',
    resources: {},
    // React escapes what it writes; only the direction of names is seen to here.
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
  })
  await loading
  await show(localePreference.get())
  localePreference.subscribe(() => void show(localePreference.get()))
}

export const useLocale = (): Locale => (useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN')

/** Of the language that is shown: it was brought with its texts. */
export const useWidgetWords = (): WidgetWords | undefined => widgetWords.get(useLocale())

/** The word of one of the contract's codes in the language that is shown. */
export const useWord = (): ((name: VocabularyName, code: string) => string) => {
  const locale = useLocale()
  return useCallback((name, code) => wordOf(locale, name, code), [locale])
}

export { useTranslation }
