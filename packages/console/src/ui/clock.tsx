import { Tooltip, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { now as readNow } from '../now.ts'
import { endOfDay } from './day.ts'
import { useFormats, useSpan } from './format.ts'

/** The present, told anew twice a minute. */
export const useNow = (everyMs = 30_000): number => {
  const [now, setNow] = useState(readNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(readNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** An instant, in Beijing's time, to the second where it is `exact`; how long ago it was stands in the tip. */
export const Instant = ({
  at,
  none,
  exact = false,
}: {
  readonly at: string | null
  readonly none?: string
  readonly exact?: boolean
}) => {
  const { t } = useTranslation()
  const { instant, instantExact } = useFormats()
  const span = useSpan()
  const now = useNow()
  if (at === null) return <Typography.Text type="secondary">{none ?? '–'}</Typography.Text>
  const ms = new Date(at).getTime() - now
  const away =
    Math.abs(ms) < 60_000 ? t('states.time.now') : t(ms < 0 ? 'states.time.ago' : 'states.time.in', { span: span(ms) })
  return (
    <Tooltip title={away}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {exact ? instantExact(at) : instant(at)}
      </time>
    </Tooltip>
  )
}

/** A clock that runs: what is left of it, or by how much it is passed. */
export const Due = ({ at }: { readonly at: string | null }) => {
  const { t } = useTranslation()
  const { instant } = useFormats()
  const span = useSpan()
  const now = useNow()
  if (at === null) return <Typography.Text type="secondary">–</Typography.Text>
  const ms = new Date(at).getTime() - now
  const type = ms < 0 ? 'danger' : ms < 4 * 3_600_000 ? 'warning' : undefined
  return (
    <Tooltip title={instant(at)}>
      <Typography.Text {...(type ? { type } : {})} style={{ whiteSpace: 'nowrap' }}>
        {t(ms < 0 ? 'states.time.overdue' : 'states.time.due', { span: span(ms) })}
      </Typography.Text>
    </Tooltip>
  )
}

/** A day until whose end something is to be done: red once it is over, unless that is done. */
export const DueDay = ({ on, over }: { readonly on: string | null; readonly over: boolean }) => {
  const { day } = useFormats()
  const now = useNow()
  if (on === null) return <Typography.Text type="secondary">–</Typography.Text>
  const isLate = !over && Date.parse(endOfDay(on)) < now
  return (
    <Typography.Text {...(isLate ? { type: 'danger' as const } : {})} style={{ whiteSpace: 'nowrap' }}>
      {day(endOfDay(on))}
    </Typography.Text>
  )
}
