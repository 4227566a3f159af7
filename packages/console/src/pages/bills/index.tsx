import { Link } from '@tanstack/react-router'
import { type BillEntry, billList, billSummary, usageExport } from '@yiduo/contract'
import { Button, Input, Typography } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { client } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.ts'
import { ExportButton } from '../../components/export-button.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { paths } from '../../paths.ts'
import { dayOf } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const monthLength = 7

export const BillsPage = () => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const may = useMay()
  const { person } = useSession()
  const { money, month: monthWord } = useFormats()
  const [filters, setFilters] = useFilters(['month'])
  const month = filters.month
  const pages = usePages(billList, month ? { month } : {})
  const summary = useAnswer(billSummary, { query: { month: month ?? '' } }, { enabled: month !== undefined }).data
  const columns = useMemo(
    (): readonly TableColumn<BillEntry>[] => [
      column.link(
        'organisation',
        t('oversight.organisation'),
        220,
        { name: (it) => it.organisationName, to: (it) => paths.bill(it.organisationId, it.month) },
        { grow: 2 },
      ),
      {
        id: 'month',
        title: t('money.month'),
        width: 140,
        cell: (it) => monthWord(it.month),
        value: (it) => it.month,
      },
      column.money('amount', t('money.amount'), 160, (it) => it.amountYuanE4),
      column.instant('closedAt', t('money.closedAt'), 170, (it) => it.closedAt),
    ],
    [t, column, monthWord],
  )
  const current = dayOf(now()).slice(0, monthLength)
  return (
    <Page
      title={t('pages.bills')}
      hint={t('money.billsHint')}
      actions={
        <>
          {may(usageExport) && (
            <ExportButton
              label={t('money.exportUsage')}
              ask={() => client().call(usageExport, { query: { month: month ?? current, format: 'xlsx' } })}
            />
          )}
          <Link to={paths.bill(person.organisationId, current)}>
            <Button>{t('money.ownNow')}</Button>
          </Link>
        </>
      }
      filled
    >
      <List
        id="bills"
        label={t('pages.bills')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.bill(it.organisationId, it.month)}
        filtered={month !== undefined}
        onClearFilters={() => setFilters({ month: undefined })}
        empty={{ words: t('money.billsEmpty') }}
        filters={
          <>
            <Input
              type="month"
              aria-label={t('money.month')}
              style={{ width: 170 }}
              max={current}
              value={month ?? ''}
              onChange={(event) => setFilters({ month: event.target.value || undefined })}
            />
            {summary && (
              <Typography.Text strong>
                {t('money.total', { count: summary.bills, amount: money(summary.amountYuanE4) })}
              </Typography.Text>
            )}
          </>
        }
      />
    </Page>
  )
}
