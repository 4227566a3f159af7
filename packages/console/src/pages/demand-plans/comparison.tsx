import { type DemandComparison, demandPlanCompare } from '@yiduo/contract'
import { Checkbox, Flex, InputNumber, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { Asked } from '../../ui/asked.tsx'
import { dayOf } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { useFilters } from '../../ui/search.ts'

const idOf = (it: DemandComparison) => `${it.divisionCode} ${it.architecture} ${it.measure}`

const Rows = ({ items }: { readonly items: readonly DemandComparison[] }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const amount = (it: number | null) => (it === null ? '–' : number(it))
  return (
    <PlainTable
      label={t('demand.tabs.comparison')}
      rows={items}
      idOf={idOf}
      columns={[
        { id: 'division', title: t('clouds.division'), cell: (it) => it.divisionCode },
        { id: 'architecture', title: t('clouds.architecture'), cell: (it) => it.architecture },
        { id: 'measure', title: t('demand.measure'), cell: (it) => t(`measures.${it.measure}`) },
        { id: 'sellable', title: t('demand.sellable'), align: 'end', cell: (it) => amount(it.sellable) },
        { id: 'free', title: t('demand.free'), align: 'end', cell: (it) => amount(it.free) },
        ...[0, 1, 2, 3].map((index) => ({
          id: `q${index}`,
          title: t('demand.quarter', { quarter: index + 1 }),
          align: 'end' as const,
          cell: (it: DemandComparison) => {
            const short = it.shortFromQuarter !== null && it.shortFromQuarter <= index + 1
            return (
              <Typography.Text type={short ? 'danger' : undefined}>{amount(it.demand[index] ?? 0)}</Typography.Text>
            )
          },
        })),
        {
          id: 'shortage',
          title: t('demand.shortage'),
          align: 'end',
          cell: (it) =>
            it.shortage > 0 ? (
              <Tag color="error">{number(it.shortage)}</Tag>
            ) : (
              <Tag color="success">{t('demand.enough')}</Tag>
            ),
        },
      ]}
    />
  )
}

/** What departments plan against what there is, quarter by quarter: what has to be bought, and by when. */
export const Comparison = ({ year = Number(dayOf(now()).slice(0, 4)) + 1 }: { readonly year: number | undefined }) => {
  const { t } = useTranslation()
  const [filters, setFilters] = useFilters(['year', 'submitted'])
  const submitted = filters.submitted !== undefined
  const asked = useAnswer(demandPlanCompare, { query: { year, submitted } }, { keepPrevious: true })
  return (
    <Section title={t('demand.compared', { year })}>
      <Flex gap={12} wrap align="center" style={{ marginBottom: 12 }}>
        <InputNumber
          aria-label={t('demand.year')}
          min={2_020}
          max={2_099}
          value={year}
          onChange={(next) => setFilters({ year: next ? String(next) : undefined })}
        />
        <Checkbox
          checked={submitted}
          onChange={(event) => setFilters({ submitted: event.target.checked ? 'true' : undefined })}
        >
          {t('demand.withSubmitted')}
        </Checkbox>
      </Flex>
      <Typography.Paragraph type="secondary">{t('demand.comparedHint')}</Typography.Paragraph>
      <Asked of={asked}>
        {({ items }) => (items.length === 0 ? <Nothing words={t('demand.nothingPlanned')} /> : <Rows items={items} />)}
      </Asked>
    </Section>
  )
}
