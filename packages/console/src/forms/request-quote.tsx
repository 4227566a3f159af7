import { type Measure, quotaList, requestQuote, systemGet } from '@yiduo/contract'
import { Alert, Flex, Spin, Typography } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { useDebounced } from '../ui/debounced.ts'
import { FaultNote } from '../ui/fault-note.tsx'
import { useFormats } from '../ui/format.ts'
import { Meter } from '../ui/meter.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { askOf, type RequestDraft } from './request-draft.ts'

/** The price of what is filled in so far, following what is typed; the last one stays until the next comes. */
export const useQuote = (draft: RequestDraft) => {
  const now = askOf(draft)
  const ask = useDebounced(now)
  const empty = { systemId: '', lines: [] }
  const answer = useAnswer(requestQuote, { body: ask ?? empty }, { enabled: ask !== null, keepPrevious: true })
  const isOfNow = JSON.stringify(ask) === JSON.stringify(now) && !answer.isPlaceholderData
  return {
    isComplete: ask !== null,
    ...answer,
    /** Of just what is filled in; undefined while that is still being asked for. */
    shownPriceYuanE4: isOfNow ? answer.data?.monthlyPriceYuanE4 : undefined,
  }
}

/** What is left of each quota, and what this would take of it. */
const QuotaLeft = ({
  organisationId,
  wanted,
}: {
  readonly organisationId: string
  readonly wanted: Readonly<Record<Measure, number>>
}) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { data } = useAnswer(quotaList, { params: { organisationId } })
  if (!data || data.items.length === 0) return null
  return (
    <Flex vertical gap={8}>
      <strong>{t('form.quota')}</strong>
      {data.items.map((it) => (
        <Meter
          key={it.measure}
          label={`${t(`measures.${it.measure}`)}${wanted[it.measure] > 0 ? ` +${number(wanted[it.measure])}` : ''}`}
          used={it.held + wanted[it.measure]}
          limit={it.limit}
          show={number}
          none={t('states.none')}
        />
      ))}
    </Flex>
  )
}

/** Beside the form: what it costs a month, who decides, what keeps it from being sent, and the quota. */
export const RequestQuotePanel = ({
  draft,
  quote,
  wanted,
}: {
  readonly draft: RequestDraft
  readonly quote: ReturnType<typeof useQuote>
  readonly wanted: Readonly<Record<Measure, number>>
}) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const may = useMay()
  const system = useAnswer(
    systemGet,
    { params: { systemId: draft.systemId ?? '' } },
    { enabled: draft.systemId !== null },
  )
  const { data, isComplete } = quote
  return (
    <Flex vertical gap={12} aria-live="polite">
      <div>
        <Typography.Text type="secondary">{t('form.price')}</Typography.Text>
        <div style={{ fontSize: 26, fontWeight: 600, lineHeight: 1.4 }}>
          {data ? money(data.monthlyPriceYuanE4) : '–'} {quote.isFetching && <Spin size="small" />}
        </div>
      </div>
      {!isComplete && <Typography.Text type="secondary">{t('form.incomplete')}</Typography.Text>}
      {data && data.lines.length > 1 && (
        <Flex vertical>
          {data.lines.map((it) => (
            <Flex key={it.name} justify="space-between" gap={8}>
              <Typography.Text ellipsis>{it.name}</Typography.Text>
              <span>{money(it.monthlyPriceYuanE4)}</span>
            </Flex>
          ))}
        </Flex>
      )}
      {data && isComplete && data.refusals.length === 0 && (
        <Alert
          type={data.approvedByRule ? 'success' : 'info'}
          showIcon
          title={t(data.approvedByRule ? 'form.byRule' : 'form.byPeople')}
        />
      )}
      {isComplete && data?.refusals.map((it) => <FaultNote key={it.code + it.message} fault={it} type="warning" />)}
      {isComplete && <ProblemNote error={quote.error} />}
      {system.data && may(quotaList) && <QuotaLeft organisationId={system.data.organisationId} wanted={wanted} />}
    </Flex>
  )
}
