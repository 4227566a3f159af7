import { Link } from '@tanstack/react-router'
import { requestKinds, requestList, requestStates, type ServiceRequest, steps, systemList } from '@yiduo/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { joined } from '../../ui/joined.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const linesOf = (it: ServiceRequest): string =>
  joined(
    it.lines.map((line) => (line.quantity > 1 ? `${line.name} ×${line.quantity}` : line.name)),
    ', ',
  )

const useColumns = (): readonly TableColumn<ServiceRequest>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  return useMemo(
    () => [
      {
        id: 'what',
        title: t('requests.what'),
        width: 140,
        grow: 2,
        cell: (it) => <Link to={paths.request(it.id)}>{linesOf(it) || it.id}</Link>,
        value: linesOf,
      },
      column.link(
        'system',
        t('requests.system'),
        150,
        { name: (it) => it.systemName, to: (it) => paths.system(it.systemId) },
        { grow: 2 },
      ),
      column.text('organisation', t('requests.organisation'), 120, (it) => it.organisationName, { grow: 1 }),
      column.text('kind', t('requests.kind'), 70, (it) => word('requestKind', it.kind)),
      column.state(t('requests.state'), 110, { words: 'requestState', state: (it) => it.state }),
      column.text('step', t('requests.step'), 70, (it) => word('step', it.step), { hidden: true }),
      column.money('price', t('requests.price'), 110, (it) => it.monthlyPriceYuanE4),
      column.instant('createdAt', t('requests.createdAt'), 170, (it) => it.createdAt),
      column.text('id', t('requests.id'), 270, (it) => it.id, { hidden: true }),
    ],
    [t, column, word],
  )
}

const filterKeys = ['step', 'state', 'kind', 'systemId'] as const

export const RequestsPage = () => {
  const { t } = useTranslation()
  const word = useWord()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(filterKeys)
  const { state, ...others } = filters
  const states = state?.split(',')
  const systems = usePages(systemList, {})
  // The server says which words it does not know; the page does not judge them.
  const query = { ...others, ...(states ? { stateIn: states } : {}) } as Parameters<
    typeof usePages<typeof requestList>
  >[1]
  const pages = usePages(requestList, query)
  const clear = () => setFilters(Object.fromEntries(filterKeys.map((it) => [it, undefined])))
  return (
    <Page title={t('pages.requests')} hint={t('requests.hint')} filled>
      <List
        id="requests"
        label={t('pages.requests')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.request(it.id)}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={clear}
        empty={{ words: t('requests.empty') }}
        filters={
          <>
            <WordFilter
              label={t('requests.step')}
              any={t('requests.anyStep')}
              words="step"
              codes={steps}
              value={filters.step}
              onChange={(step) => setFilters({ step })}
              width={120}
            />
            <Select
              allowClear
              aria-label={t('requests.state')}
              placeholder={t('requests.anyState')}
              mode="multiple"
              maxTagCount="responsive"
              style={{ width: 190 }}
              value={states}
              onChange={(chosen: readonly string[]) => setFilters({ state: chosen.join(',') || undefined })}
              options={requestStates.map((it) => ({ value: it, label: word('requestState', it) }))}
            />
            <WordFilter
              label={t('requests.kind')}
              any={t('requests.anyKind')}
              words="requestKind"
              codes={requestKinds}
              value={filters.kind}
              onChange={(kind) => setFilters({ kind })}
              width={130}
            />
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('requests.system')}
              placeholder={t('requests.system')}
              style={{ width: 220 }}
              value={filters.systemId}
              onChange={(systemId) => setFilters({ systemId })}
              options={systems.data?.pages.flatMap((page) =>
                page.items.map((it) => ({ value: it.id, label: it.name })),
              )}
            />
          </>
        }
      />
    </Page>
  )
}
