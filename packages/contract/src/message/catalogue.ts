import type { adviceKinds } from '../advice.ts'
import type { Fault, FaultCode, FaultParameters } from '../fault.ts'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** A fault's message and what to do next; `{name}` stands for a parameter. */
export interface Messages {
  readonly faults: Readonly<Record<FaultCode, readonly [message: string, next: string]>>
  readonly capabilityReasons: Readonly<Record<string, string>>
  /** Words that stand in parameters: measures, reasons of placement, states. Unknown ones stay as they are. */
  readonly words: Readonly<Record<string, string>>
  readonly advice: Readonly<Record<(typeof adviceKinds)[number], string>>
}

export const messages: Readonly<Record<Locale, Messages>> = { 'zh-CN': zhCn, en }

export const fill = (template: string, parameters: FaultParameters): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole))

/** `memory-short ×3, grade-too-low ×1`: each word that the catalogue knows, in the reader's language. */
const translate = (value: FaultParameters[string], words: Messages['words']): FaultParameters[string] =>
  typeof value === 'string'
    ? value
        .split(', ')
        .map((part) => part.replace(/^[a-z]+(-[a-z0-9]+)*(?= ×|$)/, (word) => words[word] ?? word))
        .join(', ')
    : value

/** A fault in the reader's language. */
export const describeFault = (
  it: Fault,
  locale: Locale,
): { code: string; message: string; next: string; words: string | null } => {
  const { faults, words } = messages[locale]
  const [message, next] = faults[it.code]
  const parameters = Object.fromEntries(
    Object.entries(it.parameters).map(([name, value]) => [name, translate(value, words)]),
  )
  return {
    code: it.code,
    message: fill(message, parameters),
    next: fill(next, parameters),
    words: it.words ?? null,
  }
}

/** Chinese unless the reader clearly asks for something else that we have. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(';q=')
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wanted) {
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'zh-CN'
}
