import type { Board, BoardLink, BoardNode } from '@yiduo/contract'
import { useMemo } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { isInner, linksOf } from './figures.ts'
import { NodeMark, radiusOf } from './node-mark.tsx'
import styles from './province.module.css'
import { type ProvinceMap, pathOfMap, placesOf } from './province-map.ts'
import { type Canvas, extentOf, type Point, projectionOf, spread } from './schematic.ts'

/** In units of the board: a hundredth of its height and a little. */
const canvas: Canvas = { width: 101, height: 65, marginX: 8, marginY: 7.5 }

/** What a node takes: its rings, the sites beside them and its name below. */
const boxOf = (node: BoardNode, isOnMap: boolean): { readonly width: number; readonly height: number } => {
  const radius = radiusOf(node, isOnMap)
  const beside = isOnMap ? { width: 2.6, height: 2.8 } : { width: 4.4, height: 4.2 }
  return { width: 2 * radius + beside.width, height: 2 * radius + beside.height }
}

interface Stood {
  readonly node: BoardNode
  readonly at: Point
  readonly place: Point
}

const standing = (nodes: readonly BoardNode[], project: ReturnType<typeof projectionOf>, isOnMap: boolean): Stood[] => {
  const boxes = nodes.map((node) => {
    const place = node.place ? project(node.place) : { x: canvas.width / 2, y: canvas.height - canvas.marginY }
    return { node, place, ...place, ...boxOf(node, isOnMap) }
  })
  return spread(boxes, canvas).map(({ node, place, x, y }) => ({ node, place, at: { x, y: y - 1.2 } }))
}

/** Where nodes stand follows from their places alone: an answer with other figures moves none. */
const useStanding = (nodes: readonly BoardNode[], map: ProvinceMap | null) => {
  const places = JSON.stringify(nodes.map(({ id, kind, place }) => [id, kind, place]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` tells whether anything of the nodes counts here
  const plan = useMemo(() => {
    const known = nodes.flatMap(({ place }) => place ?? [])
    const project = projectionOf(extentOf([...known, ...(map ? placesOf(map) : [])]), canvas, map === null)
    return {
      at: new Map(standing(nodes, project, map !== null).map((it) => [it.node.id, it])),
      land: map ? pathOfMap(map, project) : null,
    }
  }, [places, map])
  return plan
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})

/** Where along a line words stand farthest from all nodes. */
const clearest = (from: Point, to: Point, nodes: readonly Point[]): Point => {
  const candidates = [0.35, 0.45, 0.55, 0.65, 0.75].map((share) => between(from, to, share))
  // Words are much wider than high.
  const room = (it: Point): number => Math.min(...nodes.map((node) => Math.hypot((it.x - node.x) / 2, it.y - node.y)))
  return candidates.reduce((best, it) => (room(it) > room(best) ? it : best))
}

interface Drawn {
  readonly link: BoardLink
  readonly from: Point
  readonly to: Point
  readonly isTold: boolean
}

const Line = ({ link, from, to, isTold }: Drawn) => (
  <line
    className={styles.link}
    data-verdict={link.verdict ?? 'none'}
    data-told={isTold}
    x1={from.x}
    y1={from.y}
    x2={to.x}
    y2={to.y}
  />
)

const Words = ({ link, from, to, nodes }: Drawn & { readonly nodes: readonly Point[] }) => {
  const { t } = useTranslation()
  const at = clearest(from, to, nodes)
  const told = [
    link.verdict === 'broken' && t('board.verdicts.broken'),
    link.latencyMs !== null && t('board.latency', { ms: link.latencyMs }),
    t('board.gbps', { amount: Math.round(link.bandwidthMbps / 100) / 10 }),
  ].filter((it) => it !== false)
  return (
    <text className={styles.words} data-verdict={link.verdict ?? 'none'} x={at.x} y={at.y + 0.5}>
      {told.join(' · ')}
    </text>
  )
}

interface ProvinceProps {
  readonly board: Board
  readonly inFocus: BoardNode | undefined
  readonly map: ProvinceMap | null
  readonly onShow: (index: number) => void
}

/** The province as its nodes and the links between them, each where it lies and none on another. */
export const Province = ({ board, inFocus, map, onShow }: ProvinceProps) => {
  const { t } = useTranslation()
  const { nodes, links } = board
  const { at, land } = useStanding(nodes, map)
  const broken = links.filter((it) => it.verdict === 'broken').length
  const outer = links.filter((it) => !isInner(it))
  const ofFocus = new Set(inFocus ? linksOf(board, inFocus).map((it) => it.id) : [])
  // Of the core every link would have words: there, those of the links that break a rule alone.
  const tells = (link: BoardLink): boolean =>
    link.verdict === 'broken' || (ofFocus.has(link.id) && inFocus?.kind !== 'core')
  const lines = outer.flatMap((link): Drawn[] => {
    const [from, to] = [at.get(link.from.nodeId), at.get(link.to.nodeId)]
    return from && to ? [{ link, from: from.at, to: to.at, isTold: tells(link) }] : []
  })
  const told = lines.filter((it) => it.isTold)
  const points = [...at.values()].map((it) => it.at)
  return (
    <svg
      className={styles.province}
      viewBox={`0 0 ${canvas.width} ${canvas.height}`}
      role="img"
      aria-label={t('board.schematic', { nodes: nodes.length, links: links.length, broken })}
    >
      {land && <path d={land} className={styles.land} />}
      {land &&
        [...at.values()].map(({ node, at: stands, place }) =>
          node.place && Math.hypot(stands.x - place.x, stands.y - place.y) > 2.5 ? (
            <g key={node.id} className={styles.leader}>
              <line x1={place.x} y1={place.y} x2={stands.x} y2={stands.y} />
              <circle cx={place.x} cy={place.y} r={0.5} />
            </g>
          ) : null,
        )}
      {[...lines.filter((it) => !it.isTold), ...told].map((it) => (
        <Line key={it.link.id} {...it} />
      ))}
      {nodes.map((node, index) => {
        const stood = at.get(node.id)
        return stood ? (
          <NodeMark
            key={node.id}
            node={node}
            at={stood.at}
            inner={linksOf(board, node).filter(isInner)}
            isInFocus={node.id === inFocus?.id}
            isOnMap={map !== null}
            atRim={stood.at.x > canvas.width - 13}
            onShow={() => onShow(index)}
          />
        ) : null
      })}
      {told.map((it) => (
        <Words key={it.link.id} {...it} nodes={points} />
      ))}
    </svg>
  )
}

/** What the colours of the picture say, in words. */
export const Legend = ({ note }: { readonly note: string }) => {
  const { t } = useTranslation()
  return (
    <div className={styles.legend}>
      <ul>
        <li data-key="cores">{t('board.legend.cores')}</li>
        <li data-key="memory">{t('board.legend.memory')}</li>
        <li data-key="kept">{t('board.legend.kept')}</li>
        <li data-key="broken">{t('board.legend.broken')}</li>
        <li data-key="other">{t('board.legend.other')}</li>
        <li data-key="none">{t('board.legend.none')}</li>
      </ul>
      <span>{note}</span>
    </div>
  )
}
