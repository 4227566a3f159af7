import { Link } from '@tanstack/react-router'
import {
  platformList,
  type Resource,
  requestCreate,
  resourceKinds,
  resourceList,
  resourceStates,
} from '@yiduo/contract'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { usePlatformNames } from '../../components/names.tsx'
import { addressesOf, useSizeTold } from '../../components/resource/size.ts'
import { SystemSelect } from '../../components/system-select.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { SavedViews } from '../../ui/table/saved-views.tsx'
import { TextFilter } from '../../ui/table/text-filter.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const useColumns = (): readonly TableColumn<Resource>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const size = useSizeTold()
  const { day } = useFormats()
  return useMemo(
    () => [
      column.link(
        'name',
        t('resources.name'),
        200,
        { name: (it) => it.name, to: (it) => paths.resource(it.id) },
        { grow: 2 },
      ),
      column.text('kind', t('resources.kind'), 100, (it) => word('resourceKind', it.kind)),
      column.state(t('resources.state'), 100, { words: 'resourceState', state: (it) => it.state }),
      {
        id: 'power',
        title: t('resources.power'),
        width: 90,
        cell: (it) => it.power && <StateTag of="power" state={it.power} />,
        value: (it) => it.power && word('power', it.power),
      },
      { id: 'size', title: t('resources.size'), width: 200, cell: size, value: size },
      column.text('address', t('resources.address'), 140, (it) => addressesOf(it).join(', ')),
      {
        id: 'system',
        title: t('requests.system'),
        width: 180,
        grow: 1,
        cell: (it) => <Link to={paths.system(it.systemId)}>{it.systemName}</Link>,
        value: (it) => it.systemName,
      },
      {
        id: 'organisation',
        title: t('requests.organisation'),
        width: 160,
        hidden: true,
        cell: (it) => it.organisationName,
        value: (it) => it.organisationName,
      },
      {
        id: 'platform',
        title: t('request.platform'),
        width: 160,
        hidden: true,
        cell: (it) => it.platformName,
        value: (it) => it.platformName,
      },
      {
        id: 'expiresAt',
        title: t('request.expires'),
        width: 130,
        cell: (it) => (it.expiresAt ? day(it.expiresAt) : t('states.time.never')),
        value: (it) => it.expiresAt && day(it.expiresAt),
      },
      column.instant('createdAt', t('requests.createdAt'), 170, (it) => it.createdAt, { hidden: true }),
      column.text('externalId', t('resources.externalId'), 280, (it) => it.externalId, { hidden: true }),
    ],
    [t, column, word, size, day],
  )
}

const filterKeys = ['text', 'kind', 'state', 'systemId', 'platformId'] as const
type Filters = ReturnType<typeof useFilters<(typeof filterKeys)[number]>>

const ResourceFilters = ({ filters: [filters, setFilters] }: { readonly filters: Filters }) => {
  const { t } = useTranslation()
  const may = useMay()
  const platforms = usePlatformNames()
  return (
    <>
      <TextFilter label={t('resources.search')} value={filters.text} onChange={(text) => setFilters({ text })} />
      <WordFilter
        label={t('resources.kind')}
        words="resourceKind"
        codes={resourceKinds}
        value={filters.kind}
        onChange={(kind) => setFilters({ kind })}
        width={130}
      />
      <WordFilter
        label={t('resources.state')}
        words="resourceState"
        codes={resourceStates}
        value={filters.state}
        onChange={(state) => setFilters({ state })}
        width={130}
      />
      <div style={{ width: 200 }}>
        <SystemSelect
          label={t('requests.system')}
          value={filters.systemId}
          onChange={(systemId) => setFilters({ systemId })}
        />
      </div>
      {may(platformList) && platforms.size > 0 && (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('request.platform')}
          placeholder={t('request.platform')}
          style={{ width: 160 }}
          value={filters.platformId}
          onChange={(platformId) => setFilters({ platformId })}
          options={[...platforms].map(([value, label]) => ({ value, label }))}
        />
      )}
      <SavedViews
        id="resources"
        filters={filters}
        onChoose={(chosen) => setFilters({ ...Object.fromEntries(filterKeys.map((it) => [it, undefined])), ...chosen })}
      />
    </>
  )
}

export const ResourcesPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const columns = useColumns()
  const state = useFilters(filterKeys)
  const [filters, setFilters] = state
  // The server says which words it does not know; the page does not judge them.
  const pages = usePages(resourceList, filters as Parameters<typeof usePages<typeof resourceList>>[1])
  return (
    <Page title={t('pages.resources')} hint={t('resources.hint')} filled>
      <List
        id="resources"
        label={t('pages.resources')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.resource(it.id)}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters(Object.fromEntries(filterKeys.map((it) => [it, undefined])))}
        empty={{
          words: t('resources.empty'),
          action: may(requestCreate) && (
            <Link to={paths.catalogue()}>
              <Button type="primary">{t('systems.order')}</Button>
            </Link>
          ),
        }}
        filters={<ResourceFilters filters={state} />}
      />
    </Page>
  )
}
