import { type FaultParameters, fill, type Locale } from '@yiduo/contract'
import { en } from './en.ts'
import { labels } from './labels.ts'
import { zhCn } from './zh-cn.ts'

export type MessageKey = keyof typeof zhCn
export type Catalogue = Readonly<Record<MessageKey, string>>

export const catalogues: Readonly<Record<Locale, Catalogue>> = { 'zh-CN': zhCn, en }

/** A message of the catalogue in the reader's language. */
export type Say = (key: MessageKey, parameters?: FaultParameters) => string

export const sayIn =
  (locale: Locale): Say =>
  (key, parameters = {}) =>
    fill(catalogues[locale][key], parameters)

const words = (property: string): string =>
  property
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()

/** What a property is called: the table of Chinese labels, or the contract's own words in English. */
export const labelIn =
  (locale: Locale) =>
  (property: string): string => {
    if (locale === 'en') return words(property.replace(/YuanE4$/, ''))
    return Object.hasOwn(labels, property) ? labels[property as keyof typeof labels] : words(property)
  }
export type Label = ReturnType<typeof labelIn>
