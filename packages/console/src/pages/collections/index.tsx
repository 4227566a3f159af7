import { Link } from '@tanstack/react-router'
import { type Collection, collectionCreate, collectionList, collectionStates } from '@yiduo/contract'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Due, Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Gathering } from './gathering.tsx'

const useColumns = (): readonly TableColumn<Collection>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { money, instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('collections.name'),
        width: 220,
        grow: 2,
        cell: (it) => <Link to={paths.collection(it.id)}>{it.name}</Link>,
        value: (it) => it.name,
      },
      {
        id: 'state',
        title: t('requests.state'),
        width: 110,
        cell: (it) => <StateTag of="collectionState" state={it.state} />,
        value: (it) => word('collectionState', it.state),
      },
      {
        id: 'members',
        title: t('collections.members'),
        width: 110,
        align: 'end',
        cell: (it) => it.members.length,
        value: (it) => it.members.length,
      },
      {
        id: 'price',
        title: t('requests.price'),
        width: 140,
        align: 'end',
        cell: (it) => money(it.monthlyPriceYuanE4),
        value: (it) => it.monthlyPriceYuanE4 / 10_000,
      },
      {
        id: 'dueAt',
        title: t('collections.due'),
        width: 150,
        cell: (it) => <Due at={it.dueAt} />,
        value: (it) => it.dueAt && instant(it.dueAt),
      },
      {
        id: 'createdAt',
        title: t('requests.createdAt'),
        width: 170,
        cell: (it) => <Instant at={it.createdAt} />,
        value: (it) => instant(it.createdAt),
      },
    ],
    [t, word, money, instant],
  )
}

export const CollectionsPage = () => {
  const { t } = useTranslation()
  const word = useWord()
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
          <Select
            allowClear
            aria-label={t('requests.state')}
            placeholder={t('requests.anyState')}
            style={{ width: 150 }}
            value={state}
            onChange={(next) => setFilters({ state: next })}
            options={collectionStates.map((it) => ({ value: it, label: word('collectionState', it) }))}
          />
        }
      />
      {gathers && <Gathering onClose={() => setGathers(false)} />}
    </Page>
  )
}
