import type { adviceKinds } from '../advice.ts'
import type { Fault, FaultCode, FaultParameters } from '../fault.ts'
import type { NoticeCode } from '../notice.ts'
import { en } from './en.ts'
import type { Heading } from './headings.ts'
import { isolated } from './isolated.ts'
import { noticesEn } from './notices-en.ts'
import { noticesZhCn } from './notices-zh-cn.ts'
import { zhCn } from './zh-cn.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** A fault's message and what to do next; `{name}` stands for a parameter. */
export interface Messages {
  readonly faults: Readonly<Record<FaultCode, readonly [message: string, next: string]>>
  readonly capabilityReasons: Readonly<Record<string, string>>
  /** Words that stand in parameters: measures, reasons of placement, states. Unknown ones stay as they are. */
  readonly words: Readonly<Record<string, string>>
  /** Heads of the columns of exported tables, and the words in their cells. */
  readonly headings: Readonly<Record<Heading, string>>
  readonly advice: Readonly<Record<(typeof adviceKinds)[number], string>>
}

export const messages: Readonly<Record<Locale, Messages>> = { 'zh-CN': zhCn, en }

/** What a notice says and what to do next, of the same parameters. */
export type NoticeTexts = Readonly<Record<NoticeCode, readonly [message: string, next: string]>>

const notices: Readonly<Record<Locale, NoticeTexts>> = { 'zh-CN': noticesZhCn, en: noticesEn }

export type { Heading } from './headings.ts'

export const fill = (template: string, parameters: FaultParameters): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => isolated(String(parameters[name] ?? whole)))

/** `memory-short ×3, grade-too-low ×1`: each word that the catalogue knows, in the reader's language. */
const translate = (
  value: FaultParameters[string],
  words: Messages['words'],
  parameters: FaultParameters,
): FaultParameters[string] =>
  typeof value === 'string'
    ? value
        .split(', ')
        .map((part) => part.replace(/^[a-z]+(-[a-z0-9]+)*(?= ×|$)/, (word) => fill(words[word] ?? word, parameters)))
        .join(', ')
    : value

/** A fault in the reader's language. */
export const describeFault = (
  it: Fault,
  locale: Locale,
): { code: string; message: string; next: string; words: string | null } => {
  const { faults, capabilityReasons } = messages[locale]
  const words = { ...capabilityReasons, ...messages[locale].words }
  const [message, next] = faults[it.code]
  const parameters = Object.fromEntries(
    Object.entries(it.parameters).map(([name, value]) => [name, translate(value, words, it.parameters)]),
  )
  return {
    code: it.code,
    message: fill(message, parameters),
    next: fill(next, parameters),
    words: it.words ?? null,
  }
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** Instants as the clock on the wall says them, Asia/Shanghai (no summer time since 1991); what is missing as a dash. */
const readable = (value: FaultParameters[string]): FaultParameters[string] => {
  if (value === null || value === '') return '—'
  if (typeof value !== 'string' || !instant.test(value)) return value
  return new Date(Date.parse(value) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

const readableAll = (parameters: FaultParameters): FaultParameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, readable(value)]))

/** Why an advice is given, in the reader's language. */
export const describeAdvice = (
  it: { readonly kind: (typeof adviceKinds)[number]; readonly parameters: FaultParameters },
  locale: Locale,
): string => fill(messages[locale].advice[it.kind], readableAll(it.parameters))

/** `[; remark: {remark}]` stands only where there is a remark. */
const withoutEmpty = (template: string, parameters: FaultParameters): string =>
  template.replaceAll(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) =>
    parameters[name] === null || parameters[name] === '' || parameters[name] === undefined ? '' : part,
  )

/** A notice in the reader's language. */
export const describeNotice = (
  it: { readonly code: NoticeCode; readonly parameters: FaultParameters },
  locale: Locale,
): { message: string; next: string } => {
  const [message, next] = notices[locale][it.code]
  const parameters = readableAll(it.parameters)
  return { message: fill(withoutEmpty(message, it.parameters), parameters), next: fill(next, parameters) }
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
