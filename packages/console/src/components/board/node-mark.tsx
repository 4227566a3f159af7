import type { BoardLink, BoardNode } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import { isAway, isOld, placeName, type Share, shareAt, shareOf, toneOfShare } from './figures.ts'
import styles from './province.module.css'
import type { Point } from './schematic.ts'

/** On a map they are smaller, so that each can stand near its place. */
export const radiusOf = ({ kind }: BoardNode, isOnMap: boolean): number =>
  (kind === 'core' ? 5.2 : 3.8) * (isOnMap ? 0.76 : 1)

const Ring = ({ radius, width, of }: { readonly radius: number; readonly width: number; readonly of: Share }) => {
  const share = shareOf(of)
  return (
    <>
      <circle r={radius} className={styles.rim} strokeWidth={width} />
      {share !== null && share > 0 && (
        <circle
          r={radius}
          className={styles.ring}
          data-tone={toneOfShare(share)}
          strokeWidth={width}
          pathLength={100}
          strokeDasharray={`${Math.min(1, share) * 100} 100`}
          transform="rotate(-90)"
        />
      )}
    </>
  )
}

interface SitesProps {
  readonly links: readonly BoardLink[]
  readonly radius: number
  /** To the right, or at the right rim to the left. */
  readonly side: 1 | -1
}

/** Its other sites, each on a short line that shows how that keeps its limits. */
const Sites = ({ links, radius, side }: SitesProps) => {
  const { t } = useTranslation()
  return links.map(({ id, verdict }, index) => {
    const angle = (-48 + index * 40) * (Math.PI / 180)
    const at = (distance: number) => ({ x: side * Math.cos(angle) * distance, y: Math.sin(angle) * distance })
    const [from, to] = [at(radius + 0.3), at(radius + 2.1)]
    return (
      <g key={id} className={styles.site} data-verdict={verdict ?? 'none'}>
        <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        <circle cx={to.x} cy={to.y} r={0.75} />
        {verdict === 'broken' && (
          <text x={to.x + side * 1.1} y={to.y + 0.5} textAnchor={side === 1 ? 'start' : 'end'}>
            {t('board.over')}
          </text>
        )}
      </g>
    )
  })
}

/** A node: what of its cores and memory is allocated, how it is, and what it is called. */
export const NodeMark = ({
  node,
  at,
  inner,
  isInFocus,
  isOnMap,
  atRim,
  onShow,
}: {
  readonly node: BoardNode
  readonly at: Point
  readonly inner: readonly BoardLink[]
  readonly isInFocus: boolean
  readonly isOnMap: boolean
  /** Nothing has room to its right. */
  readonly atRim: boolean
  readonly onShow: () => void
}) => {
  const { t } = useTranslation()
  const { percent } = useFormats()
  const radius = radiusOf(node, isOnMap)
  const cores = shareAt(node, 'cores')
  const share = shareOf(cores)
  const away = isAway(node)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same, and the whole is one picture
    <g
      className={styles.node}
      data-focus={isInFocus}
      data-kind={node.kind}
      data-away={away}
      data-old={isOld(node)}
      transform={`translate(${at.x} ${at.y})`}
      onClick={onShow}
    >
      {isInFocus && <circle r={radius + 1.3} className={styles.halo} />}
      <Sites links={inner} radius={radius} side={atRim ? -1 : 1} />
      {node.kind === 'integration' ? (
        <rect x={-radius} y={-radius} width={radius * 2} height={radius * 2} rx={0.9} className={styles.disc} />
      ) : (
        <circle r={radius} className={styles.disc} />
      )}
      <Ring radius={radius - 0.4} width={0.8} of={cores} />
      <Ring radius={radius - 1.35} width={0.55} of={shareAt(node, 'memory')} />
      <text className={styles.share} y={isOnMap ? 0.55 : 0.65} data-core={node.kind === 'core'} data-map={isOnMap}>
        {away ? t('board.away') : share === null ? '–' : percent(share)}
      </text>
      <text className={styles.name} y={radius + 2.1} data-core={node.kind === 'core'}>
        {placeName(node)}
      </text>
    </g>
  )
}
