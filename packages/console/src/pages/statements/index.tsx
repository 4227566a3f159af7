import { Link } from '@tanstack/react-router'
import { type StatementEntry, statementList } from '@yiduo/contract'
import { Input } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const useColumns = (): readonly TableColumn<StatementEntry>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { money, month, instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'provider',
        title: t('clouds.provider'),
        width: 200,
        grow: 1,
        cell: (it) => <Link to={paths.statement(it.id)}>{it.providerName}</Link>,
        value: (it) => it.providerName,
      },
      { id: 'month', title: t('money.month'), width: 130, cell: (it) => month(it.month), value: (it) => it.month },
      {
        id: 'state',
        title: t('money.state'),
        width: 140,
        cell: (it) => <StateTag of="statementState" state={it.state} />,
        value: (it) => word('statementState', it.state),
      },
      {
        id: 'list',
        title: t('statements.listAmount'),
        width: 150,
        align: 'end',
        cell: (it) => money(it.listAmountYuanE4),
        value: (it) => it.listAmountYuanE4 / 10_000,
      },
      {
        id: 'discount',
        title: t('statements.discount'),
        width: 110,
        align: 'end',
        cell: (it) => t('statements.percentOf', { percent: it.perMille / 10 }),
        value: (it) => it.perMille / 10,
      },
      {
        id: 'amount',
        title: t('statements.amount'),
        width: 150,
        align: 'end',
        cell: (it) => money(it.amountYuanE4),
        value: (it) => it.amountYuanE4 / 10_000,
      },
      {
        id: 'draftedAt',
        title: t('statements.draftedAt'),
        width: 165,
        cell: (it) => <Instant at={it.draftedAt} />,
        value: (it) => instant(it.draftedAt),
      },
    ],
    [t, word, money, month, instant],
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
