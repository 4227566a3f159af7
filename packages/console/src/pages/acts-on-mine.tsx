import { auditMine, type ForeignAct } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../api/answers.ts'
import { useActWord } from '../components/act-word.ts'
import { ThingName } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { Page } from '../ui/page.tsx'
import { useFilters } from '../ui/search.ts'
import { useColumnKit } from '../ui/table/column-kit.tsx'
import type { TableColumn } from '../ui/table/columns.ts'
import { List } from '../ui/table/list.tsx'
import { ActFilters, DayFilters, spanOf } from './audit/filters.tsx'

const useColumns = (): readonly TableColumn<ForeignAct>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const act = useActWord()
  return useMemo(
    () => [
      column.instant('at', t('oversight.at'), 190, (it) => it.at, { exact: true }),
      column.text('organisation', t('trail.actorOrganisation'), 190, (it) => it.actorOrganisationName),
      column.text('actor', t('oversight.actor'), 140, (it) => it.actor),
      {
        id: 'operation',
        title: t('oversight.operation'),
        width: 190,
        grow: 1,
        cell: (it) => <span title={it.operation}>{act(it.operation)}</span>,
        value: (it) => act(it.operation),
      },
      {
        id: 'target',
        title: t('oversight.target'),
        width: 260,
        grow: 1,
        cell: (it) => <ThingName id={it.target} />,
        value: (it) => it.target,
      },
    ],
    [t, column, act],
  )
}

const filterKeys = ['operation', 'actor', 'target', 'from', 'until'] as const

/** What the operator and others did to my things: the tenant's own look into the trail. */
export const ActsOnMinePage = () => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(filterKeys)
  const { from, until, ...named } = filters
  const pages = usePages(auditMine, { ...named, ...spanOf(from, until) })
  return (
    <Page title={t('pages.actsOnMine')} hint={t('trail.mineHint')} filled>
      <List
        id="acts-on-mine"
        label={t('pages.actsOnMine')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters(Object.fromEntries(filterKeys.map((it) => [it, undefined])))}
        empty={{ words: t('trail.mineEmpty') }}
        filters={
          <>
            <ActFilters filters={filters} onChange={setFilters} />
            <DayFilters filters={filters} onChange={setFilters} />
          </>
        }
      />
    </Page>
  )
}
