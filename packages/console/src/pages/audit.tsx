import { Link } from '@tanstack/react-router'
import { type AuditEntry, auditList } from '@yiduo/contract'
import { Button, Drawer, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../api/answers.ts'
import { useActorWord, useActWord, useOperationWords } from '../components/act-word.ts'
import { OrganisationName } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { pathOfId } from '../paths.ts'
import { Instant } from '../ui/clock.tsx'
import { endOfDay } from '../ui/day.ts'
import { Difference } from '../ui/difference.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { useFilters } from '../ui/search.ts'
import { useColumnKit } from '../ui/table/column-kit.tsx'
import type { TableColumn } from '../ui/table/columns.ts'
import { List } from '../ui/table/list.tsx'

const Target = ({ id }: { readonly id: string }) => {
  const path = pathOfId(id)
  return path ? <Link to={path}>{id}</Link> : <span>{id}</span>
}

const useColumns = (onShow: (entry: AuditEntry) => void): readonly TableColumn<AuditEntry>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const act = useActWord()
  const who = useActorWord()
  return useMemo(
    () => [
      column.instant('at', t('oversight.at'), 165, (it) => it.at),
      {
        id: 'actor',
        title: t('oversight.actor'),
        width: 150,
        cell: (it) =>
          it.onBehalfOf ? `${who(it.actor)} (${t('oversight.onBehalfOf', { name: it.onBehalfOf })})` : who(it.actor),
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
        cell: (it) => <Target id={it.target} />,
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
    ],
    [t, column, act, who, onShow],
  )
}

const Entry = ({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const act = useActWord()
  const who = useActorWord()
  return (
    <Drawer open onClose={onClose} size="large" title={act(entry.operation)}>
      <Facts
        of={[
          { label: t('oversight.at'), value: <Instant at={entry.at} /> },
          { label: t('oversight.actor'), value: who(entry.actor) },
          entry.onBehalfOf !== null && {
            label: t('oversight.actor'),
            value: t('oversight.onBehalfOf', { name: entry.onBehalfOf }),
          },
          { label: t('oversight.target'), value: <Target id={entry.target} /> },
          entry.organisationId !== null && {
            label: t('oversight.organisation'),
            value: <OrganisationName id={entry.organisationId} />,
          },
          { label: t('oversight.address'), value: entry.address ?? '–' },
          { label: t('oversight.trace'), value: <code>{entry.trace}</code> },
        ]}
      />
      <br />
      <Difference before={entry.before} after={entry.after} />
    </Drawer>
  )
}

const filterKeys = ['operation', 'target', 'actor', 'from', 'until'] as const

/** Days of Beijing in the address, instants in the question: the last day is meant whole. */
const spanOf = (from: string | undefined, until: string | undefined) => ({
  ...(from ? { from: `${from}T00:00:00+08:00` } : {}),
  ...(until ? { until: endOfDay(until) } : {}),
})

export const AuditPage = () => {
  const { t } = useTranslation()
  const words = useOperationWords()
  const [entry, setEntry] = useState<AuditEntry | null>(null)
  const columns = useColumns(setEntry)
  const [filters, setFilters] = useFilters(filterKeys)
  const { from, until, ...named } = filters
  const pages = usePages(auditList, { ...named, ...spanOf(from, until) })
  return (
    <Page title={t('pages.audit')} hint={t('oversight.auditHint')} filled>
      <List
        id="audit"
        label={t('pages.audit')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters(Object.fromEntries(filterKeys.map((it) => [it, undefined])))}
        empty={{ words: t('oversight.auditEmpty') }}
        filters={
          <>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('oversight.operation')}
              placeholder={t('oversight.operation')}
              style={{ width: 200 }}
              value={filters.operation}
              onChange={(operation) => setFilters({ operation })}
              options={[...words].map(([value, label]) => ({ value, label }))}
            />
            <Input.Search
              allowClear
              aria-label={t('oversight.actor')}
              placeholder={t('oversight.actor')}
              style={{ width: 170 }}
              maxLength={80}
              defaultValue={filters.actor}
              onSearch={(actor) => setFilters({ actor: actor.trim() || undefined })}
            />
            <Input.Search
              allowClear
              aria-label={t('oversight.target')}
              placeholder={t('oversight.target')}
              style={{ width: 220 }}
              maxLength={80}
              defaultValue={filters.target}
              onSearch={(target) => setFilters({ target: target.trim() || undefined })}
            />
            <Input
              type="date"
              aria-label={t('oversight.from')}
              style={{ width: 140 }}
              value={from ?? ''}
              onChange={(event) => setFilters({ from: event.target.value || undefined })}
            />
            <Input
              type="date"
              aria-label={t('oversight.to')}
              style={{ width: 140 }}
              value={until ?? ''}
              onChange={(event) => setFilters({ until: event.target.value || undefined })}
            />
          </>
        }
      />
      {entry && <Entry entry={entry} onClose={() => setEntry(null)} />}
    </Page>
  )
}
