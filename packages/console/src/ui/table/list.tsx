import ColumnHeightOutlined from '@ant-design/icons/ColumnWidthOutlined'
import DownloadOutlined from '@ant-design/icons/DownloadOutlined'
import ReloadOutlined from '@ant-design/icons/ReloadOutlined'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { App, Button, Checkbox, Dropdown, Flex, Popover, Tooltip, Typography } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { rowsOf } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Waiting } from '../asked.tsx'
import { Nothing } from '../nothing.tsx'
import { ProblemNote, ProblemPanel } from '../problem.tsx'
import type { TableColumn } from './columns.ts'
import { DataTable, type Selection } from './data-table.tsx'
import { exportLimit, saveSheet } from './export.ts'
import styles from './list.module.css'
import { useVisibility } from './visibility.ts'

type Pages<T> = UseInfiniteQueryResult<
  InfiniteData<{ readonly items: readonly T[]; readonly nextCursor: string | null }>
>

export interface ListProps<T extends object> {
  /** Names the list in what is remembered of it and in exported files. */
  readonly id: string
  readonly label: string
  readonly columns: readonly TableColumn<T>[]
  readonly pages: Pages<T>
  readonly idOf: (row: T) => string
  readonly pathOf?: (row: T) => string | null
  /** Filters, on the left above the rows. */
  readonly filters?: ReactNode
  /** Whether any filter is set: emptiness means something else then. */
  readonly filtered?: boolean
  readonly onClearFilters?: () => void
  readonly empty: { readonly words: string; readonly action?: ReactNode }
  readonly selection?: Selection
  /** Stands in place of the filters while rows are selected. */
  readonly bulk?: ReactNode
}

const ColumnChoice = <T extends object>({
  columns,
  visibility,
  choose,
}: {
  readonly columns: readonly TableColumn<T>[]
  readonly visibility: Readonly<Record<string, boolean>>
  readonly choose: (next: Record<string, boolean>) => void
}) => {
  const { t } = useTranslation()
  const content = (
    <Flex vertical gap={6}>
      {columns.map((it) => (
        <Checkbox
          key={it.id}
          checked={visibility[it.id]}
          onChange={(event) => choose({ ...visibility, [it.id]: event.target.checked })}
        >
          {it.title}
        </Checkbox>
      ))}
      <Button size="small" onClick={() => choose({})}>
        {t('states.table.resetColumns')}
      </Button>
    </Flex>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Tooltip title={t('states.table.columns')}>
        <Button icon={<ColumnHeightOutlined />} aria-label={t('states.table.columns')} />
      </Tooltip>
    </Popover>
  )
}

/** Fetches what is left, up to the limit, and saves what the list shows as a sheet. */
const useExport = <T extends object>(id: string, pages: Pages<T>, columns: readonly TableColumn<T>[]) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      let result: Pages<T> = pages
      while (result.hasNextPage && rowsOf(result).length < exportLimit)
        // What it answers is the query as it is then.
        result = (await result.fetchNextPage({ throwOnError: true })) as Pages<T>
      const rows = rowsOf(result).slice(0, exportLimit)
      await saveSheet(id, columns, rows)
      if (result.hasNextPage) void message.warning(t('states.table.exportLimited', { count: rows.length }))
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run }
}

/** A list of the contract, whole: filters, rows, columns to choose, export, print, and each state it can be in. */
export const List = <T extends object>(props: ListProps<T>) => {
  const {
    id,
    label,
    columns,
    pages,
    idOf,
    pathOf,
    filters,
    filtered = false,
    onClearFilters,
    empty,
    selection,
    bulk,
  } = props
  const { t } = useTranslation()
  const { visibility, choose } = useVisibility(id, columns)
  const { data } = pages
  const rows = useMemo(() => data?.pages.flatMap((it) => it.items) ?? [], [data])
  const sheet = useExport(id, pages, columns)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages
  // What failed is asked again by a person: asked by itself, it would be asked without end.
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const isBulk = selection !== undefined && selection.ids.size > 0
  const clear = onClearFilters && <Button onClick={onClearFilters}>{t('states.clearFilters')}</Button>
  const nothing = filtered ? <Nothing words={t('states.emptyFiltered')} action={clear} /> : <Nothing {...empty} />
  return (
    <div className={styles.list}>
      <Flex className={styles.bar} gap={8} wrap align="center">
        <Flex gap={8} wrap align="center" flex={1} className={styles.filters} data-bulk={isBulk}>
          {isBulk ? bulk : filters}
        </Flex>
        <Flex gap={4} align="center" className={styles.tools}>
          <Tooltip title={t('states.table.refresh')}>
            <Button
              icon={<ReloadOutlined spin={pages.isRefetching} />}
              aria-label={t('states.table.refresh')}
              onClick={() => void pages.refetch()}
            />
          </Tooltip>
          <ColumnChoice columns={columns} visibility={visibility} choose={choose} />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'export', label: t('states.table.export'), onClick: () => void sheet.run() },
                { key: 'print', label: t('states.table.print'), onClick: () => window.print() },
              ],
            }}
          >
            <Button icon={<DownloadOutlined />} loading={sheet.busy} aria-label={t('states.table.export')} />
          </Dropdown>
        </Flex>
      </Flex>
      {pages.isPending && !pages.error && <Waiting rows={8} />}
      {pages.error && rows.length === 0 && (
        <ProblemPanel error={pages.error} onRetry={() => void pages.refetch()} extra={filtered && clear} />
      )}
      {pages.data && (
        <DataTable
          label={label}
          columns={columns}
          visibility={visibility}
          rows={rows}
          idOf={idOf}
          pathOf={pathOf}
          selection={selection}
          onEnd={onEnd}
          empty={nothing}
        />
      )}
      {rows.length > 0 && !sheet.error && <ProblemNote error={pages.error} />}
      {isFetchNextPageError && (
        <Button block onClick={() => void fetchNextPage()}>
          {t('states.retry')}
        </Button>
      )}
      <ProblemNote error={sheet.error} />
      <Typography.Text type="secondary" className={styles.count} role="status">
        {pages.data && t(pages.hasNextPage ? 'states.table.rowsMore' : 'states.table.rows', { count: rows.length })}
      </Typography.Text>
    </div>
  )
}
