import { type StatementEntry, statementList } from '@yiduo/contract'
import { Input } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const useColumns = (): readonly TableColumn<StatementEntry>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const { month } = useFormats()
  return useMemo(
    () => [
      column.link(
        'provider',
        t('clouds.provider'),
        170,
        { name: (it) => it.providerName, to: (it) => paths.statement(it.id) },
        { grow: 1 },
      ),
      { id: 'month', title: t('money.month'), width: 130, cell: (it) => month(it.month), value: (it) => it.month },
      column.state(t('money.state'), 110, { words: 'statementState', state: (it) => it.state }),
      column.money('list', t('statements.listAmount'), 135, (it) => it.listAmountYuanE4),
      {
        id: 'discount',
        title: t('statements.discount'),
        width: 110,
        align: 'end',
        cell: (it) => t('statements.percentOf', { percent: it.perMille / 10 }),
        value: (it) => it.perMille / 10,
      },
      column.money('amount', t('statements.amount'), 135, (it) => it.amountYuanE4),
      column.instant('draftedAt', t('statements.draftedAt'), 165, (it) => it.draftedAt),
    ],
    [t, column, month],
  )
}

export const StatementsPage = () => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['month'])
  const pages = usePages(statementList, filters.month ? { month: filters.month } : {})
  return (
    <Page title={t('pages.statements')} hint={t('statements.hint')} filled>
      <List
        id="statements"
        label={t('pages.statements')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.statement(it.id)}
        filtered={filters.month !== undefined}
        onClearFilters={() => setFilters({ month: undefined })}
        empty={{ words: t('statements.empty') }}
        filters={
          <Input
            type="month"
            aria-label={t('money.month')}
            style={{ width: 170 }}
            value={filters.month ?? ''}
            onChange={(event) => setFilters({ month: event.target.value || undefined })}
          />
        }
      />
    </Page>
  )
}
