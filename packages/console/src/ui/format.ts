import type { Locale } from '@yiduo/contract'
import { useCallback, useMemo } from 'react'
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

const formatsIn = (locale: Locale): Formats => {
  const money = new Intl.NumberFormat(tag(locale), {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
  })
  const moneyShort = new Intl.NumberFormat(tag(locale), {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  const amountShort = new Intl.NumberFormat(tag(locale), { notation: 'compact' })
  const number = new Intl.NumberFormat(tag(locale))
  const percent = new Intl.NumberFormat(tag(locale), { style: 'percent', maximumFractionDigits: 0 })
  const instant = new Intl.DateTimeFormat(tag(locale), { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(tag(locale), { timeZone, dateStyle: 'medium' })
  const month = new Intl.DateTimeFormat(tag(locale), { timeZone, year: 'numeric', month: 'long' })
  const monthShort = new Intl.DateTimeFormat(tag(locale), { timeZone, month: 'short' })
  const clock = new Intl.DateTimeFormat(tag(locale), { timeZone, timeStyle: 'medium', hourCycle: 'h23' })
  const today = new Intl.DateTimeFormat(tag(locale), { timeZone, month: 'long', day: 'numeric', weekday: 'long' })
  const amount = new Intl.NumberFormat(tag(locale), { maximumFractionDigits: 1 })
  return {
    money: (yuanE4) => money.format(yuanE4 / 10_000),
    moneyShort: (yuanE4) => moneyShort.format(yuanE4 / 10_000),
    amountShort: (yuanE4) => amountShort.format(yuanE4 / 10_000),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    instant: (iso) => instant.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    month: (it) => month.format(new Date(`${it}-15T00:00:00Z`)),
    monthShort: (it) => monthShort.format(new Date(`${it}-15T00:00:00Z`)),
    clock: (ms) => clock.format(ms),
    today: (ms) => today.format(ms),
    memory: (mib) => (mib >= 1_048_576 ? `${amount.format(mib / 1_048_576)} TiB` : `${amount.format(mib / 1_024)} GiB`),
    storage: (gib) =>
      gib >= 1_048_576
        ? `${amount.format(gib / 1_048_576)} PiB`
        : gib >= 1_024
          ? `${amount.format(gib / 1_024)} TiB`
          : `${amount.format(gib)} GiB`,
  }
}

export const useFormats = (): Formats => {
  const locale = useLocale()
  return useMemo(() => formatsIn(locale), [locale])
}

export const useSpan = (): ((ms: number) => string) => {
  const { t } = useTranslation()
  return useCallback((ms) => spanOf(t, ms), [t])
}
