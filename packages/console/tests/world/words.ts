import type { Locale } from '@yiduo/contract'
import { en } from '../../src/i18n/en/index.ts'
import type { Shape } from '../../src/i18n/shape.ts'
import { zhCn } from '../../src/i18n/zh-cn/index.ts'

/** What the console says in a language: a test clicks what a person would read. */
export const wordsIn = (locale: Locale): Shape<typeof zhCn> => (locale === 'en' ? en : zhCn)
