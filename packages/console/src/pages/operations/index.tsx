import { Link } from '@tanstack/react-router'
import { type Operation, operationList, operationStates } from '@yiduo/contract'
import { Progress } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useStepWord } from '../../components/step-word.ts'
import { useTranslation } from '../../i18n/index.ts'
import { pathOfId, paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const Subject = ({ id }: { readonly id: string | null }) => {
  const path = id && pathOfId(id)
  return path ? <Link to={path}>{id}</Link> : <span>{id ?? '–'}</span>
}

const useColumns = (): readonly TableColumn<Operation>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const { saga } = useStepWord()
  return useMemo(
    () => [
      column.link(
        'saga',
        t('operations.what'),
        150,
        { name: (it) => saga(it.saga), to: (it) => paths.operation(it.id) },
        { grow: 1 },
      ),
      column.state(t('requests.state'), 130, { words: 'operationState', state: (it) => it.state }),
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
      column.instant('createdAt', t('operations.startedAt'), 160, (it) => it.createdAt),
      {
        id: 'subject',
        title: t('operations.subject'),
        width: 260,
        hidden: true,
        cell: (it) => <Subject id={it.subject} />,
        value: (it) => it.subject,
      },
    ],
    [t, column, saga],
  )
}

export const OperationsPage = () => {
  const { t } = useTranslation()
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
          <WordFilter
            label={t('requests.state')}
            any={t('requests.anyState')}
            words="operationState"
            codes={operationStates}
            value={state}
            onChange={(next) => setFilters({ state: next })}
            width={170}
          />
        }
      />
    </Page>
  )
}
