import { Link } from '@tanstack/react-router'
import { type Operation, operationList, operationStates } from '@yiduo/contract'
import { Progress, Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useStepWord } from '../../components/step-word.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { pathOfId, paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const Subject = ({ id }: { readonly id: string | null }) => {
  const path = id && pathOfId(id)
  return path ? <Link to={path}>{id}</Link> : <span>{id ?? '–'}</span>
}

const useColumns = (): readonly TableColumn<Operation>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { saga } = useStepWord()
  const { instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'saga',
        title: t('operations.what'),
        width: 150,
        grow: 1,
        cell: (it) => <Link to={paths.operation(it.id)}>{saga(it.saga)}</Link>,
        value: (it) => saga(it.saga),
      },
      {
        id: 'state',
        title: t('requests.state'),
        width: 130,
        cell: (it) => <StateTag of="operationState" state={it.state} />,
        value: (it) => word('operationState', it.state),
      },
      {
        id: 'progress',
        title: t('operations.progress'),
        width: 140,
        cell: (it) => (
          <Progress
            percent={it.progressPercent}
            size="small"
            aria-label={`${saga(it.saga)} ${it.progressPercent}%`}
            status={it.state === 'succeeded' ? 'success' : it.fault ? 'exception' : 'active'}
          />
        ),
        value: (it) => it.progressPercent,
      },
      {
        id: 'fault',
        title: t('operations.fault'),
        width: 180,
        grow: 2,
        cell: (it) => <span title={it.fault?.words ?? undefined}>{it.fault?.message ?? '–'}</span>,
        value: (it) => it.fault?.message ?? null,
      },
      {
        id: 'residue',
        title: t('operations.residue'),
        width: 70,
        align: 'end',
        cell: (it) => it.residue.length || '–',
        value: (it) => it.residue.length,
      },
      {
        id: 'createdAt',
        title: t('operations.startedAt'),
        width: 160,
        cell: (it) => <Instant at={it.createdAt} />,
        value: (it) => instant(it.createdAt),
      },
      {
        id: 'subject',
        title: t('operations.subject'),
        width: 260,
        hidden: true,
        cell: (it) => <Subject id={it.subject} />,
        value: (it) => it.subject,
      },
    ],
    [t, word, saga, instant],
  )
}

export const OperationsPage = () => {
  const { t } = useTranslation()
  const word = useWord()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['state'])
  const state = operationStates.find((it) => it === filters.state)
  const pages = usePages(operationList, state ? { state } : {})
  return (
    <Page title={t('pages.operations')} hint={t('operations.hint')} filled>
      <List
        id="operations"
        label={t('pages.operations')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.operation(it.id)}
        filtered={state !== undefined}
        onClearFilters={() => setFilters({ state: undefined })}
        empty={{ words: t('operations.empty') }}
        filters={
          <Select
            allowClear
            aria-label={t('requests.state')}
            placeholder={t('requests.anyState')}
            style={{ width: 170 }}
            value={state}
            onChange={(next) => setFilters({ state: next })}
            options={operationStates.map((it) => ({ value: it, label: word('operationState', it) }))}
          />
        }
      />
    </Page>
  )
}
