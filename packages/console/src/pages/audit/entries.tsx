import { type AuditEntry, auditList } from '@yiduo/contract'
import { Button, Flex, Tag, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useActorWord, useActWord } from '../../components/act-word.ts'
import { IdLink } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Entry } from './entry.tsx'
import { TrailFilters, useTrailFilters } from './filters.tsx'

/** Who acted, for whom, and whether only an emergency allowed it. */
const Actor = ({ entry }: { readonly entry: AuditEntry }) => {
  const { t } = useTranslation()
  const who = useActorWord()
  return (
    <Flex gap={6} align="center">
      <span>
        {entry.onBehalfOf
          ? `${who(entry.actor)} (${t('oversight.onBehalfOf', { name: entry.onBehalfOf })})`
          : who(entry.actor)}
      </span>
      {entry.emergencyGrantId !== null && (
        <Tooltip title={t('trail.emergencyHint')}>
          <Tag color="error" variant="filled">
            {t('trail.emergency')}
          </Tag>
        </Tooltip>
      )}
    </Flex>
  )
}

const useColumns = (onShow: (entry: AuditEntry) => void): readonly TableColumn<AuditEntry>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const act = useActWord()
  return useMemo(
    () => [
      column.instant('at', t('oversight.at'), 165, (it) => it.at),
      {
        id: 'actor',
        title: t('oversight.actor'),
        width: 170,
        cell: (it) => <Actor entry={it} />,
        value: (it) => it.actor,
      },
      {
        id: 'operation',
        title: t('oversight.operation'),
        width: 180,
        grow: 1,
        cell: (it) => <span title={it.operation}>{act(it.operation)}</span>,
        value: (it) => it.operation,
      },
      {
        id: 'target',
        title: t('oversight.target'),
        width: 260,
        cell: (it) => <IdLink id={it.target} />,
        value: (it) => it.target,
      },
      {
        id: 'show',
        title: t('oversight.difference'),
        width: 125,
        cell: (it) => (
          <Button size="small" onClick={() => onShow(it)}>
            {t('oversight.show')}
          </Button>
        ),
        value: () => null,
      },
      {
        id: 'address',
        title: t('oversight.address'),
        width: 140,
        hidden: true,
        cell: (it) => it.address ?? '–',
        value: (it) => it.address,
      },
      column.text('trace', t('oversight.trace'), 280, (it) => it.trace, { hidden: true }),
      column.text('position', t('trail.position'), 110, (it) => it.position, { hidden: true, align: 'end' }),
    ],
    [t, column, act, onShow],
  )
}

export const Entries = () => {
  const { t } = useTranslation()
  const [entry, setEntry] = useState<AuditEntry | null>(null)
  const columns = useColumns(setEntry)
  const { state, query, isCut, clear } = useTrailFilters()
  const pages = usePages(auditList, query)
  const close = () => setEntry(null)
  return (
    <>
      <List
        id="audit"
        label={t('pages.audit')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={isCut}
        onClearFilters={clear}
        empty={{ words: t('oversight.auditEmpty') }}
        filters={<TrailFilters state={state} />}
      />
      {entry && <Entry entry={entry} onClose={close} />}
    </>
  )
}
