import { type AuditEntry, auditList } from '@yiduo/contract'
import { Button, Flex, Tag, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useActorWord, useActWord } from '../../components/act-word.ts'
import { ThingName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Entry } from './entry.tsx'
import { TrailFilters, useTrailFilters } from './filters.tsx'

/** Who acted, for whom, and whether only an emergency allowed it. */
const Actor = ({ entry }: { readonly entry: AuditEntry }) => {
  const { t } = useTranslation()
  const who = useActorWord()
  const words = entry.onBehalfOf
    ? `${who(entry.actor)} (${t('oversight.onBehalfOf', { name: entry.onBehalfOf })})`
    : who(entry.actor)
  return (
    <Flex gap={6} align="center">
      <span title={words} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {words}
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

/** Whether it was done, and whether a seal stands over the entry already. */
const Outcome = ({ entry }: { readonly entry: AuditEntry }) => {
  const { t } = useTranslation()
  return (
    <Flex gap={6} align="center">
      <StateTag of="auditOutcome" state={entry.outcome} />
      {entry.position === null && (
        <Tooltip title={t('trail.notSealed')}>
          <Tag variant="filled">{t('trail.unsealed')}</Tag>
        </Tooltip>
      )}
    </Flex>
  )
}

const useColumns = (onShow: (entry: AuditEntry) => void): readonly TableColumn<AuditEntry>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const act = useActWord()
  const word = useWord()
  return useMemo(
    () => [
      column.instant('at', t('oversight.at'), 190, (it) => it.at, { exact: true }),
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
        value: (it) => act(it.operation),
      },
      {
        id: 'outcome',
        title: t('trail.outcome'),
        width: 140,
        cell: (it) => <Outcome entry={it} />,
        value: (it) => word('auditOutcome', it.outcome),
      },
      {
        id: 'target',
        title: t('oversight.target'),
        width: 200,
        grow: 1,
        cell: (it) => <ThingName id={it.target} name={it.targetName} />,
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
    [t, column, act, word, onShow],
  )
}

/** Entries of the last second are sealed in the next. */
const isSealing = (entries: readonly AuditEntry[]): boolean => entries.some((it) => it.position === null)
const sealingMs = 2_000

export const Entries = () => {
  const { t } = useTranslation()
  const [entry, setEntry] = useState<AuditEntry | null>(null)
  const columns = useColumns(setEntry)
  const { state, query, isCut, clear } = useTrailFilters()
  const pages = usePages(auditList, query, { again: { whileRows: isSealing, everyMs: sealingMs } })
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
