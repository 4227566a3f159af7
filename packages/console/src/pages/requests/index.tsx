import { Link } from '@tanstack/react-router'
import { requestKinds, requestList, requestStates, type ServiceRequest, steps, systemList } from '@yiduo/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const linesOf = (it: ServiceRequest): string =>
  joined(
    it.lines.map((line) => (line.quantity > 1 ? `${line.name} ×${line.quantity}` : line.name)),
    ', ',
  )

const useColumns = (): readonly TableColumn<ServiceRequest>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { money, instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'what',
        title: t('requests.what'),
        width: 220,
        grow: 3,
        cell: (it) => <Link to={paths.request(it.id)}>{linesOf(it) || it.id}</Link>,
        value: linesOf,
      },
      {
        id: 'kind',
        title: t('requests.kind'),
        width: 80,
        cell: (it) => word('requestKind', it.kind),
        value: (it) => word('requestKind', it.kind),
      },
      {
        id: 'state',
        title: t('requests.state'),
        width: 120,
        cell: (it) => <StateTag of="requestState" state={it.state} />,
        value: (it) => word('requestState', it.state),
      },
      {
        id: 'step',
        title: t('requests.step'),
        width: 80,
        cell: (it) => word('step', it.step),
        value: (it) => word('step', it.step),
      },
      {
        id: 'price',
        title: t('requests.price'),
        width: 130,
        align: 'end',
        cell: (it) => money(it.monthlyPriceYuanE4),
        value: (it) => it.monthlyPriceYuanE4 / 10_000,
      },
      {
        id: 'createdAt',
        title: t('requests.createdAt'),
        width: 170,
        cell: (it) => <Instant at={it.createdAt} />,
        value: (it) => instant(it.createdAt),
      },
      { id: 'id', title: t('requests.id'), width: 270, hidden: true, cell: (it) => it.id, value: (it) => it.id },
    ],
    [t, word, money, instant],
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
            <Select
              allowClear
              aria-label={t('requests.step')}
              placeholder={t('requests.anyStep')}
              style={{ width: 120 }}
              value={filters.step}
              onChange={(step) => setFilters({ step })}
              options={steps.map((it) => ({ value: it, label: word('step', it) }))}
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
            <Select
              allowClear
              aria-label={t('requests.kind')}
              placeholder={t('requests.anyKind')}
              style={{ width: 130 }}
              value={filters.kind}
              onChange={(kind) => setFilters({ kind })}
              options={requestKinds.map((it) => ({ value: it, label: word('requestKind', it) }))}
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
