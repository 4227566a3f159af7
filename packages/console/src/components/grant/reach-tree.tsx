import { type Grant, type Organisation, organisationGet, organisationList } from '@yiduo/contract'
import { Tag, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Waiting } from '../../ui/asked.tsx'
import { isReached, type Place } from './reach.ts'
import styles from './reach-tree.module.css'

/** So many of those beside and below are named; that there are others is said. */
const few = 4

const useOrganisation = (id: string | null | undefined): Organisation | undefined =>
  useAnswer(organisationGet, { params: { organisationId: id ?? '' } }, { enabled: Boolean(id) }).data

/** Up to the province: organisations lie in five levels. What is above one's own reach is left out. */
const useLine = (id: string) => {
  const at = useOrganisation(id)
  const first = useOrganisation(at?.parentId)
  const second = useOrganisation(first?.parentId)
  const third = useOrganisation(second?.parentId)
  const fourth = useOrganisation(third?.parentId)
  return { at, above: [fourth, third, second, first].filter((it) => it !== undefined) }
}

/** Some that lie below one, without those that are drawn already. */
const useBelow = (parentId: string | null | undefined, except?: string) => {
  const query = { limit: few + 2, ...(parentId ? { parentId } : {}) }
  const { data } = useAnswer(organisationList, { query }, { enabled: Boolean(parentId) })
  const items = (data?.items ?? []).filter((it) => it.id !== except)
  return { items: items.slice(0, few), more: items.length > few || Boolean(data?.nextCursor) }
}

interface Grown {
  readonly reach: Grant['reach']
}

const Node = ({
  reach,
  place,
  children,
  below,
}: Grown & { readonly place: Place; readonly children: ReactNode; readonly below?: ReactNode }) => {
  const { t } = useTranslation()
  const reached = isReached(reach, place)
  return (
    <li>
      <div className={styles.node} data-place={place} data-reached={reached}>
        <span>
          {children}
          <span className={styles.hidden}>{t(reached ? 'grants.covered' : 'grants.notCovered')}</span>
        </span>
        {place === 'at' && (
          <Tag color="processing" variant="filled">
            {t('grants.grantedAt')}
          </Tag>
        )}
      </div>
      {below && <ul>{below}</ul>}
    </li>
  )
}

const coverWords = { own: 'grants.coversOwn', subtree: 'grants.coversSubtree', all: 'grants.coversAll' } as const

/** What a grant covers, drawn on the organisations around the one at which it is given. */
export const ReachTree = ({ organisationId, reach }: Grown & { readonly organisationId: string }) => {
  const { t } = useTranslation()
  const { at, above } = useLine(organisationId)
  const beside = useBelow(at?.parentId, organisationId)
  const below = useBelow(at?.id)
  if (!at) return <Waiting rows={2} />
  const nodesOf = ({ items, more }: typeof below, place: Place, others: string) => (
    <>
      {items.map((it) => (
        <Node key={it.id} reach={reach} place={place}>
          {it.name}
        </Node>
      ))}
      {more && (
        <Node key="more" reach={reach} place={place}>
          {others}
        </Node>
      )}
    </>
  )
  const own = (
    <>
      <Node reach={reach} place="at" below={below.items.length > 0 && nodesOf(below, 'below', t('grants.moreBelow'))}>
        {at.name}
      </Node>
      {nodesOf(beside, 'beside', t('grants.moreBeside'))}
    </>
  )
  const tree = above.reduceRight<ReactNode>(
    (inner, it) => (
      <Node key={it.id} reach={reach} place="above" below={inner}>
        {it.name}
      </Node>
    ),
    own,
  )
  return (
    <>
      <Typography.Paragraph>{t(coverWords[reach], { name: at.name })}</Typography.Paragraph>
      <ul className={styles.tree}>{tree}</ul>
    </>
  )
}
