import type { Locale } from '@yiduo/contract'
import type { Locale as WidgetWords } from 'antd/es/locale'

export interface Language {
  readonly texts: object
  /** What the widgets of the library say by themselves. */
  readonly widgets: WidgetWords
}

const parts = {
  'zh-CN': () => Promise.all([import('./zh-cn/index.ts').then((it) => it.zhCn), import('antd/es/locale/zh_CN')]),
  en: () => Promise.all([import('./en/index.ts').then((it) => it.en), import('antd/es/locale/en_GB')]),
} as const satisfies Record<Locale, () => Promise<unknown>>

/** Brought when it is chosen: both at once would be a tenth of the first screen. */
export const bringLanguage = async (locale: Locale): Promise<Language> => {
  const [texts, widgets] = await parts[locale]()
  return { texts, widgets: widgets.default }
}
