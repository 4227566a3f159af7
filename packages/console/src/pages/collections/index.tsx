import { type Collection, collectionCreate, collectionList, collectionStates } from '@yiduo/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Due } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'
import { Gathering } from './gathering.tsx'

const useColumns = (): readonly TableColumn<Collection>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const { instant } = useFormats()
  return useMemo(
    () => [
      column.link(
        'name',
        t('collections.name'),
        220,
        { name: (it) => it.name, to: (it) => paths.collection(it.id) },
        { grow: 2 },
      ),
      column.state(t('requests.state'), 110, { words: 'collectionState', state: (it) => it.state }),
      column.text('members', t('collections.members'), 110, (it) => it.members.length, { align: 'end' }),
      column.money('price', t('requests.price'), 140, (it) => it.monthlyPriceYuanE4),
      {
        id: 'dueAt',
        title: t('collections.due'),
        width: 150,
        cell: (it) => <Due at={it.dueAt} />,
        value: (it) => it.dueAt && instant(it.dueAt),
      },
      column.instant('createdAt', t('requests.createdAt'), 170, (it) => it.createdAt),
    ],
    [t, column, instant],
  )
}

export const CollectionsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['state'])
  const state = collectionStates.find((it) => it === filters.state)
  const pages = usePages(collectionList, state ? { state } : {})
  const [gathers, setGathers] = useState(false)
  const gather = may(collectionCreate) && (
    <Button type="primary" onClick={() => setGathers(true)}>
      {t('collections.gather')}
    </Button>
  )
  return (
    <Page title={t('pages.collections')} hint={t('collections.hint')} actions={gather} filled>
      <List
        id="collections"
        label={t('pages.collections')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.collection(it.id)}
        filtered={state !== undefined}
        onClearFilters={() => setFilters({ state: undefined })}
        empty={{ words: t(may(collectionCreate) ? 'collections.empty' : 'collections.emptyCity'), action: gather }}
        filters={
          <WordFilter
            label={t('requests.state')}
            any={t('requests.anyState')}
            words="collectionState"
            codes={collectionStates}
            value={state}
            onChange={(next) => setFilters({ state: next })}
          />
        }
      />
      {gathers && <Gathering onClose={() => setGathers(false)} />}
    </Page>
  )
}
