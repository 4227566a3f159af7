import { Link, useParams } from '@tanstack/react-router'
import { type Bill, billGet } from '@yiduo/contract'
import { Progress } from 'antd'
import { useMemo } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { DataTable } from '../../ui/table/data-table.tsx'
import { BillActs } from './bill-acts.tsx'

type Line = Bill['lines'][number]

/** What each component comes to, the dearest first. */
const sumsOf = (lines: readonly Line[]) => {
  const sums = new Map<string, number>()
  for (const it of lines) sums.set(it.componentName, (sums.get(it.componentName) ?? 0) + it.amountYuanE4)
  return [...sums].map(([name, amount]) => ({ name, amount })).toSorted((a, b) => b.amount - a.amount)
}

const Sums = ({ bill }: { readonly bill: Bill }) => {
  const { t } = useTranslation()
  const { money, percent } = useFormats()
  const sums = sumsOf(bill.lines)
  const total = Math.max(1, bill.amountYuanE4)
  return (
    <PlainTable
      label={t('money.byComponent')}
      rows={sums}
      idOf={(it) => it.name}
      columns={[
        { id: 'name', title: t('money.component'), cell: (it) => it.name },
        { id: 'amount', title: t('money.amount'), align: 'end', cell: (it) => money(it.amount) },
        {
          id: 'share',
          title: t('money.share'),
          cell: (it) => (
            <Progress
              percent={Math.min(100, Math.round((100 * it.amount) / total))}
              size="small"
              style={{ minWidth: 160 }}
              aria-label={`${it.name} ${percent(it.amount / total)}`}
            />
          ),
        },
      ]}
    />
  )
}

const Lines = ({ lines }: { readonly lines: readonly Line[] }) => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const { number } = useFormats()
  const columns = useMemo(
    (): readonly TableColumn<Line>[] => [
      column.link(
        'resource',
        t('money.resource'),
        180,
        { name: (it) => it.resourceName, to: (it) => paths.resource(it.resourceId) },
        { grow: 1 },
      ),
      column.text('component', t('money.component'), 180, (it) => it.componentName, { grow: 1 }),
      {
        id: 'quantity',
        title: t('money.quantity'),
        width: 90,
        align: 'end',
        cell: (it) => number(it.quantity),
        value: (it) => it.quantity,
      },
      column.money('price', t('money.unitPrice'), 110, (it) => it.monthlyPriceYuanE4),
      column.money('amount', t('money.amount'), 130, (it) => it.amountYuanE4),
    ],
    [t, column, number],
  )
  const visibility = useMemo(() => Object.fromEntries(columns.map((it) => [it.id, true])), [columns])
  return (
    <div style={{ height: 440, display: 'flex' }}>
      <DataTable
        label={t('money.lines')}
        columns={columns}
        visibility={visibility}
        rows={lines}
        idOf={(it) => String(it.position)}
        empty={<Nothing words={t('money.noLines')} />}
      />
    </div>
  )
}

/** Lines that put earlier months right, with who says so and why. */
const Corrections = ({ bill }: { readonly bill: Bill }) => {
  const { t } = useTranslation()
  const { money, month } = useFormats()
  return (
    <PlainTable
      label={t('money.corrections')}
      rows={bill.corrections}
      idOf={(it) => it.id}
      columns={[
        {
          id: 'month',
          title: t('money.corrected'),
          cell: (it) => <Link to={paths.bill(it.organisationId, it.correctsMonth)}>{month(it.correctsMonth)}</Link>,
        },
        { id: 'amount', title: t('money.amount'), align: 'end', cell: (it) => money(it.amountYuanE4) },
        { id: 'reason', title: t('money.reason'), cell: (it) => it.reason },
        { id: 'by', title: t('oversight.actor'), cell: (it) => it.correctedBy },
        { id: 'at', title: t('oversight.at'), cell: (it) => <Instant at={it.createdAt} /> },
      ]}
    />
  )
}

export const BillPage = () => {
  const { t } = useTranslation()
  const { money, month: monthWord } = useFormats()
  const { organisationId = '', month = '' } = useParams({ strict: false })
  const asked = useAnswer(billGet, { params: { organisationId, month } })
  return (
    <Asked of={asked}>
      {(bill) => (
        <Page
          title={`${t('pages.bill')} · ${monthWord(bill.month)}`}
          tag={<StateTag of="billState" state={bill.state} />}
          crumbs={[{ title: t('pages.bills'), to: paths.bills() }]}
          actions={<BillActs bill={bill} />}
        >
          <Section title={t('request.overview')}>
            <Facts
              of={[
                { label: t('money.amount'), value: <strong>{money(bill.amountYuanE4)}</strong> },
                { label: t('oversight.organisation'), value: <OrganisationName id={bill.organisationId} /> },
                { label: t('money.asOf'), value: <Instant at={bill.asOf} /> },
              ]}
            />
          </Section>
          <Section title={t('money.byComponent')}>
            {bill.lines.length === 0 ? <Nothing words={t('money.noLines')} /> : <Sums bill={bill} />}
          </Section>
          {bill.corrections.length > 0 && (
            <Section title={t('money.corrections')}>
              <Corrections bill={bill} />
            </Section>
          )}
          {bill.lines.length > 0 && (
            <Section title={t('money.lines')}>
              <Lines lines={bill.lines} />
            </Section>
          )}
        </Page>
      )}
    </Asked>
  )
}
