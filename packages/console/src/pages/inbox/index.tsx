import { type InboxItem, inboxList, requestKinds } from '@yiduo/contract'
import { Button, Flex, Grid } from 'antd'
import { useState } from 'react'
import { rowsOf, usePages } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/asked.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemPanel } from '../../ui/problem.tsx'
import { useFilters } from '../../ui/search.ts'
import { WordFilter } from '../../ui/table/word-filter.tsx'
import { BulkApprove } from './bulk-approve.tsx'
import { Cards } from './cards.tsx'
import { Detail, type Verdict } from './detail.tsx'
import styles from './inbox.module.css'

const filterKeys = ['kind', 'id'] as const

/** Ids chosen for one act on many; what has left the list is no longer chosen. */
const useChosen = (items: readonly InboxItem[]) => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const chosen = items.filter((it) => ids.has(it.id))
  const toggle = (id: string) =>
    setIds((before) => new Set(before.has(id) ? [...before].filter((it) => it !== id) : [...before, id]))
  return { chosen, toggle, clear: () => setIds(new Set()) }
}

/**
 * Which one is looked at. What is decided on stays in its place until that is over, though somebody else has decided it
 * or something more pressing has come: a verdict is meant for the one it was begun on. And what is read stays as well.
 */
const useShown = (items: readonly InboxItem[], asked: string | undefined) => {
  const [deciding, setDeciding] = useState<{ readonly item: InboxItem; readonly verdict: Verdict } | null>(null)
  const [first, setFirst] = useState<string>()
  const [top] = items
  if (top && !items.some((it) => it.id === first)) setFirst(top.id)
  const wanted = deciding?.item.id ?? asked
  const isThere = items.some((it) => it.id === wanted)
  const found = items.findIndex((it) => it.id === (isThere ? wanted : first))
  const at = Math.max(0, found)
  return { at, item: deciding && !isThere ? deciding.item : items[at], deciding, setDeciding }
}

/** What waits for me, the most pressing first: one beside the other where there is room, one after another on a phone. */
export const InboxPage = () => {
  const { t } = useTranslation()
  const isWide = Grid.useBreakpoint().lg ?? true
  const [filters, setFilters] = useFilters(filterKeys)
  const kind = requestKinds.find((it) => it === filters.kind)
  const pages = usePages(inboxList, { waitingForMe: true, order: 'due', ...(kind ? { kind } : {}) })
  const items = rowsOf(pages)
  const { chosen, toggle, clear } = useChosen(items)
  const [bulk, setBulk] = useState(false)
  const { at, item, deciding, setDeciding } = useShown(items, filters.id)
  const setVerdict = (verdict: Verdict | null) => setDeciding(item && verdict ? { item, verdict } : null)
  const go = (index: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index))]
    if (next) setFilters({ id: next.id })
  }
  const onDecided = () => go(at + 1 < items.length ? at + 1 : at - 1)
  useKeys(
    {
      j: () => go(at + 1),
      arrowdown: () => go(at + 1),
      k: () => go(at - 1),
      arrowup: () => go(at - 1),
      x: () => item && toggle(item.id),
      a: () => setVerdict('approve'),
      r: () => setVerdict('return'),
    },
    item !== undefined && deciding === null && !bulk,
  )
  const filter = (
    <WordFilter
      label={t('requests.kind')}
      any={t('requests.anyKind')}
      words="requestKind"
      codes={requestKinds}
      value={kind}
      onChange={(next) => setFilters({ kind: next, id: undefined })}
      width={130}
    />
  )
  const actions = (
    <>
      {filter}
      {chosen.length > 0 && <Button onClick={clear}>{t('states.bulk.clear')}</Button>}
      {chosen.length > 0 && (
        <Button type="primary" onClick={() => setBulk(true)}>
          {t('inbox.approveChosen', { count: chosen.length })}
        </Button>
      )}
    </>
  )
  const empty = (
    <Nothing
      words={t(kind ? 'states.emptyFiltered' : 'inbox.empty')}
      action={<Button href={paths.requests()}>{t('inbox.allRequests')}</Button>}
    />
  )
  const isEmpty = pages.data !== undefined && items.length === 0
  return (
    <Page title={t('pages.inbox')} hint={isWide ? t('inbox.hint') : undefined} actions={actions} filled={isWide}>
      {pages.isPending && !pages.error && <Waiting rows={8} />}
      {pages.error && items.length === 0 && <ProblemPanel error={pages.error} onRetry={() => void pages.refetch()} />}
      {isEmpty && empty}
      {item && (
        <div className={isWide ? styles.wide : undefined}>
          {isWide && <Cards {...{ items, pages, toggle, at }} chosen={new Set(chosen.map((it) => it.id))} />}
          {!isWide && (
            <Flex justify="space-between" align="center" className={styles.pager}>
              <Button disabled={at === 0} onClick={() => go(at - 1)}>
                {t('inbox.previous')}
              </Button>
              <span aria-live="polite">{t('inbox.position', { at: at + 1, count: items.length })}</span>
              <Button disabled={at + 1 >= items.length} onClick={() => go(at + 1)}>
                {t('inbox.next')}
              </Button>
            </Flex>
          )}
          <Detail
            key={item.id}
            item={item}
            verdict={deciding?.verdict ?? null}
            onVerdict={setVerdict}
            onDecided={onDecided}
          />
        </div>
      )}
      {bulk && (
        <BulkApprove
          items={chosen}
          onClose={() => {
            setBulk(false)
            clear()
          }}
        />
      )}
    </Page>
  )
}
