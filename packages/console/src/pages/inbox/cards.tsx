import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { InboxItem } from '@yiduo/contract'
import { Button, Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Due } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import styles from './inbox.module.css'

type Line = InboxItem['lines'][number]

/** `应用服务器 ×3、数据库`; changes say what is changed. */
export const useLinesInWords = () => {
  const { t } = useTranslation()
  const word = useWord()
  const one = ({ name, quantity, changeKind }: Line) =>
    joined([changeKind && word('changeKind', changeKind), name, quantity > 1 && `×${quantity}`], ' ')
  return (lines: readonly Line[]): string => joined(lines.map(one), t('approvals.comma'))
}

interface CardProps {
  readonly item: InboxItem
  readonly isAt: boolean
  readonly isChosen: boolean
  readonly onToggle: () => void
}

const Card = ({ item, isAt, isChosen, onToggle }: CardProps) => {
  const { t } = useTranslation()
  const word = useWord()
  const { moneyShort } = useFormats()
  const inWords = useLinesInWords()
  const own = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isAt) own.current?.scrollIntoView({ block: 'nearest' })
  }, [isAt])
  return (
    <li ref={own} data-at={isAt} className={styles.card}>
      <Checkbox
        checked={isChosen}
        onChange={onToggle}
        aria-label={`${t('states.table.selectRow')} ${item.systemName}`}
      />
      <Link
        to={paths.inbox()}
        search={(before: object) => ({ ...before, id: item.id })}
        aria-current={isAt ? 'true' : undefined}
      >
        <span className={styles.line}>
          <strong>{item.systemName}</strong>
          <Due at={item.dueAt} />
        </span>
        <span className={styles.secondary}>{item.organisationName}</span>
        <span className={styles.line}>
          <span className={styles.words}>
            {word('requestKind', item.kind)} · {inWords(item.lines)}
          </span>
          <span>
            {moneyShort(item.monthlyPriceYuanE4)}
            {t('states.perMonth')}
          </span>
        </span>
      </Link>
    </li>
  )
}

interface CardsProps {
  readonly items: readonly InboxItem[]
  readonly pages: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
  readonly at: number
  readonly chosen: ReadonlySet<string>
  readonly toggle: (id: string) => void
}

export const Cards = ({ items, pages, at, chosen, toggle }: CardsProps) => {
  const { t } = useTranslation()
  return (
    <div className={styles.column}>
      <ul aria-label={t('inbox.list')} className={styles.cards}>
        {items.map((it, index) => (
          <Card key={it.id} item={it} isAt={index === at} isChosen={chosen.has(it.id)} onToggle={() => toggle(it.id)} />
        ))}
        {pages.hasNextPage && (
          <li>
            <Button type="text" block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('states.more')}
            </Button>
          </li>
        )}
      </ul>
      <p className={styles.keys}>{t('inbox.keys')}</p>
    </div>
  )
}
