import type { Locale } from '@yiduo/contract'
import { useCallback } from 'react'
import { type Translate, useLocale, useTranslation } from '../i18n/index.ts'

/** Business time is Beijing's, wherever the browser stands. */
const timeZone = 'Asia/Shanghai'

const tag = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'zh-CN')

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `2 天 3 小时`: the two largest parts, or none. */
const spanOf = (t: Translate, ms: number): string => {
  const total = Math.abs(ms)
  const days = Math.floor(total / dayMs)
  const hours = Math.floor((total % dayMs) / hourMs)
  const minutes = Math.floor((total % hourMs) / minuteMs)
  if (days >= 10) return t('states.time.days', { count: days })
  const parts = [
    days > 0 && t('states.time.days', { count: days }),
    hours > 0 && t('states.time.hours', { count: hours }),
    days === 0 && minutes > 0 && t('states.time.minutes', { count: minutes }),
  ].filter((it) => it !== false)
  return parts.slice(0, 2).join(' ') || t('states.time.seconds', { count: Math.floor(total / 1_000) })
}

export interface Formats {
  /** `¥1,234.50` of 1/10000 yuan. */
  money(yuanE4: number): string
  /** The same in a few characters: `¥12.3万`, `¥123k`. */
  moneyShort(yuanE4: number): string
  /** The same where the currency stands beside it. */
  amountShort(yuanE4: number): string
  number(value: number): string
  percent(share: number): string
  instant(iso: string): string
  /** The same to the second. */
  instantExact(iso: string): string
  day(iso: string): string
  /** `2026-11` as the reader writes a month. */
  month(month: string): string
  /** The same without its year. */
  monthShort(month: string): string
  /** The time of the day, to the second. */
  clock(ms: number): string
  /** The day with its weekday. */
  today(ms: number): string
  memory(mib: number): string
  storage(gib: number): string
}

type Format<T> = (value: T) => string

/** Made when it is first used: a browser takes a millisecond or more for each. */
const lazily = <T>(make: () => { format(value: T): string }): Format<T> => {
  let made: { format(value: T): string } | undefined
  return (value) => {
    made ??= make()
    return made.format(value)
  }
}

const formatsIn = (locale: Locale): Formats => {
  const number = (options?: Intl.NumberFormatOptions) =>
    lazily<number>(() => new Intl.NumberFormat(tag(locale), options))
  const date = (options: Intl.DateTimeFormatOptions) =>
    lazily<Date | number>(() => new Intl.DateTimeFormat(tag(locale), { timeZone, ...options }))
  const yuan = { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' } as const
  const money = number(yuan)
  const moneyShort = number({ ...yuan, notation: 'compact', maximumFractionDigits: 1 })
  const amountShort = number({ notation: 'compact' })
  const amount = number({ maximumFractionDigits: 1 })
  const instant = date({ dateStyle: 'medium', timeStyle: 'short' })
  const instantExact = date({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
  const day = date({ dateStyle: 'medium' })
  const month = date({ year: 'numeric', month: 'long' })
  const monthShort = date({ month: 'short' })
  const inMonth = (it: string) => new Date(`${it}-15T00:00:00Z`)
  return {
    money: (yuanE4) => money(yuanE4 / 10_000),
    moneyShort: (yuanE4) => moneyShort(yuanE4 / 10_000),
    amountShort: (yuanE4) => amountShort(yuanE4 / 10_000),
    number: number(),
    percent: number({ style: 'percent', maximumFractionDigits: 0 }),
    instant: (iso) => instant(new Date(iso)),
    instantExact: (iso) => instantExact(new Date(iso)),
    day: (iso) => day(new Date(iso)),
    month: (it) => month(inMonth(it)),
    monthShort: (it) => monthShort(inMonth(it)),
    clock: date({ timeStyle: 'medium', hourCycle: 'h23' }),
    today: date({ month: 'long', day: 'numeric', weekday: 'long' }),
    memory: (mib) => (mib >= 1_048_576 ? `${amount(mib / 1_048_576)} TiB` : `${amount(mib / 1_024)} GiB`),
    storage: (gib) =>
      gib >= 1_048_576
        ? `${amount(gib / 1_048_576)} PiB`
        : gib >= 1_024
          ? `${amount(gib / 1_024)} TiB`
          : `${amount(gib)} GiB`,
  }
}

/** One a language: every clock and figure of a page uses them. */
const formats: Readonly<Record<Locale, Formats>> = { 'zh-CN': formatsIn('zh-CN'), en: formatsIn('en') }

export const useFormats = (): Formats => formats[useLocale()]

export const useSpan = (): ((ms: number) => string) => {
  const { t } = useTranslation()
  return useCallback((ms) => spanOf(t, ms), [t])
}
