import { useNavigate } from '@tanstack/react-router'
import {
  columnVisibilityFeature,
  type Row as ModelRow,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox } from 'antd'
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { type TableColumn, templateOf, widthOf } from './columns.ts'
import styles from './data-table.module.css'

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })
const rowHeight = 40
/** The next page is asked for this many rows before the last one is seen. */
const ahead = 30

export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly onChange: (ids: ReadonlySet<string>) => void
}

interface DataTableProps<T extends object> {
  readonly label: string
  readonly columns: readonly TableColumn<T>[]
  readonly visibility: Readonly<Record<string, boolean>>
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  /** Where a row leads: Enter and a click go there. */
  readonly pathOf?: (row: T) => string | null
  readonly selection?: Selection
  /** Called when the end comes near. */
  readonly onEnd?: () => void
  readonly empty: ReactNode
}

const selectionState = (selection: Selection | undefined): RowSelectionState =>
  Object.fromEntries([...(selection?.ids ?? [])].map((id) => [id, true]))

/** The model of rows and of what is chosen of them. */
const useModel = <T extends object>({ columns, visibility, rows, idOf, selection }: DataTableProps<T>) => {
  const definitions = useMemo(() => columns.map((it) => ({ id: it.id, header: it.title })), [columns])
  const rowSelection = useMemo(() => selectionState(selection), [selection])
  return useTable<typeof features, T>({
    features,
    data: rows,
    columns: definitions,
    getRowId: idOf,
    state: { columnVisibility: { ...visibility }, rowSelection },
    onRowSelectionChange: (next) => {
      const now = typeof next === 'function' ? next(rowSelection) : next
      selection?.onChange(new Set(Object.keys(now)))
    },
  })
}

interface RowProps<T extends object> {
  readonly row: ModelRow<typeof features, T>
  readonly index: number
  readonly isAt: boolean
  readonly selected: boolean
  readonly opens: boolean
  readonly selects: boolean
  readonly start: number
  readonly columns: readonly TableColumn<T>[]
  readonly onPick: (index: number, opens: boolean) => void
}

const DrawnRow = <T extends object>(props: RowProps<T>) => {
  const { row, index, isAt, selected, opens, selects, start, columns, onPick } = props
  const { t } = useTranslation()
  const onClick = ({ target }: MouseEvent) => {
    const isOfItsOwn = target instanceof Element && target.closest('a, button, input, label') !== null
    onPick(index, !isOfItsOwn && !getSelection()?.toString())
  }
  return (
    <div
      id={`row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selects ? selected : undefined}
      data-at={isAt}
      data-opens={opens}
      className={styles.row}
      style={{ gridTemplateColumns: templateOf(columns, selects), transform: `translateY(${start}px)` }}
      onClick={onClick}
    >
      {selects && (
        <span role="gridcell">
          <Checkbox aria-label={t('states.table.selectRow')} checked={selected} onChange={() => row.toggleSelected()} />
        </span>
      )}
      {columns.map((it) => (
        <span key={it.id} role="gridcell" data-align={it.align} className={styles.cell}>
          {it.cell(row.original)}
        </span>
      ))}
    </div>
  )
}

/** While the list is scrolled, rows that stay in sight are not drawn again. */
const Row = memo(DrawnRow) as typeof DrawnRow // `memo` forgets the type parameter

const stepsOfKeys: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }

/**
 * Rows as many as there are, of which only those in sight are drawn. The arrow keys go through them, Enter opens,
 * Space selects; assistive technology is told the true number of rows.
 */
export const DataTable = <T extends object>(props: DataTableProps<T>) => {
  const { label, columns, visibility, rows, pathOf, selection, onEnd, empty } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const table = useModel(props)
  const shown = useMemo(() => columns.filter((it) => visibility[it.id]), [columns, visibility])
  const all = table.getRowModel().rows
  const getScrollElement = () => scroller.current
  const virtualizer = useVirtualizer({
    count: all.length,
    getScrollElement,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (all.length > 0 && last >= all.length - ahead) onEnd?.()
  }, [last, all.length, onEnd])

  const go = (index: number) => {
    const next = Math.max(0, Math.min(all.length - 1, index))
    setAt(next)
    virtualizer.scrollToIndex(next)
  }
  const open = useCallback(
    (row: T | undefined) => {
      const path = row && pathOf?.(row)
      if (path) void navigate({ to: path })
    },
    [navigate, pathOf],
  )
  const onPick = useCallback(
    (index: number, opens: boolean) => {
      setAt(index)
      if (opens) open(rows[index])
    },
    [open, rows],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepsOfKeys[event.key]
    if (step !== undefined) {
      event.preventDefault()
      go(at + step)
    }
    if (event.target !== scroller.current) return
    if (event.key === 'Home') go(0)
    if (event.key === 'End') go(all.length - 1)
    if (event.key === 'Enter') open(rows[at])
    if (event.key === ' ' && selection) {
      event.preventDefault()
      all[at]?.toggleSelected()
    }
  }
  const selects = selection !== undefined
  const opens = pathOf !== undefined
  const isAllSelected = useMemo(
    () => all.length > 0 && all.every((it) => selection?.ids.has(it.id)),
    [all, selection?.ids],
  )
  const minWidth = widthOf(shown, selects)
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={all.length + 1}
      aria-activedescendant={items.some((it) => it.index === at) ? `row-${at}` : undefined}
      tabIndex={0}
      className={styles.table}
      onKeyDown={onKeyDown}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={styles.head}
        style={{ gridTemplateColumns: templateOf(shown, selects), minWidth }}
      >
        {selects && (
          <span role="columnheader">
            <Checkbox
              aria-label={t('states.table.selectAll')}
              checked={isAllSelected}
              indeterminate={!isAllSelected && selection.ids.size > 0}
              onChange={() => table.toggleAllRowsSelected()}
            />
          </span>
        )}
        {shown.map((it) => (
          <span key={it.id} role="columnheader" data-align={it.align}>
            {it.title}
          </span>
        ))}
      </div>
      {all.length === 0 && (
        <div role="row">
          <div role="gridcell" className={styles.empty}>
            {empty}
          </div>
        </div>
      )}
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative', minWidth }}>
        {items.map(({ index, start }) => {
          const row = all[index]
          if (!row) return null
          const selected = selection?.ids.has(row.id) ?? false
          return (
            <Row
              key={row.id}
              {...{ row, index, start, selected, opens, selects, onPick }}
              columns={shown}
              isAt={index === at}
            />
          )
        })}
      </div>
    </div>
  )
}
