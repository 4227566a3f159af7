import { Link } from '@tanstack/react-router'
import {
  type Link as DirectLink,
  dataCentreList,
  linkList,
  nodeList,
  type Platform,
  platformGet,
  platformList,
} from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { layOut, type Placed, picture } from './layout.ts'
import { CreateNode } from './node-form.tsx'
import styles from './topology.module.css'

const whole = { query: { limit: 500 } } as const

/** One line of the picture: all direct links between two nodes. */
interface Line {
  readonly from: Placed
  readonly to: Placed
  readonly links: readonly DirectLink[]
}

const linesOf = (
  placed: readonly Placed[],
  links: readonly DirectLink[],
  nodeOf: (centreId: string) => string | undefined,
): readonly Line[] => {
  const lines = new Map<string, Line>()
  for (const link of links) {
    const ends = [nodeOf(link.fromDataCentreId), nodeOf(link.toDataCentreId)].toSorted()
    const [from, to] = ends.map((id) => placed.find((it) => it.node.id === id))
    if (!from || !to || from === to) continue
    const key = ends.join(' ')
    lines.set(key, { from, to, links: [...(lines.get(key)?.links ?? []), link] })
  }
  return [...lines.values()]
}

const gbpsOf = (links: readonly DirectLink[]): number => links.reduce((sum, it) => sum + it.bandwidthMbps, 0) / 1_000

const LinkLine = ({ line: { from, to, links } }: { readonly line: Line }) => {
  const gbps = gbpsOf(links)
  return (
    <line
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      className={styles.line}
      strokeWidth={gbps >= 100 ? 4 : gbps >= 40 ? 3 : 2}
      data-measured={links.some((it) => it.latencyMs !== null)}
    />
  )
}

/** Stands nearer to the outer end, where lines are apart from each other; the core is the one end of most. */
const LinkFigures = ({ line: { from, to, links } }: { readonly line: Line }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const measured = links.flatMap((it) => (it.latencyMs === null ? [] : [it.latencyMs]))
  const latency =
    measured.length === 0 ? t('clouds.notMeasured') : t('clouds.ms', { value: number(Math.max(...measured)) })
  const words = `${t('clouds.gbps', { value: number(gbpsOf(links)) })} · ${latency}`
  const [inner, outer] = from.node.kind === 'core' ? [from, to] : [to, from]
  return (
    <text
      x={inner.x + (outer.x - inner.x) * 0.62}
      y={inner.y + (outer.y - inner.y) * 0.62 + 4}
      className={styles.figure}
    >
      <title>{`${from.node.name} – ${to.node.name}`}</title>
      {words}
    </text>
  )
}

const stateOf = (platforms: readonly Platform[]) =>
  platforms.length === 0 ? 'none' : platforms.every((it) => it.state === 'online') ? 'good' : 'bad'

const NodeMark = ({
  placed: { node, x, y },
  platforms,
}: {
  readonly placed: Placed
  readonly platforms: readonly Platform[]
}) => {
  const { t } = useTranslation()
  const word = useWord()
  const online = platforms.filter((it) => it.state === 'online').length
  const told = t('clouds.platformsOnline', { online, count: platforms.length })
  const radius = node.kind === 'core' ? 42 : 27
  return (
    <Link to={paths.platforms()} search={{ nodeId: node.id }} className={styles.node} data-state={stateOf(platforms)}>
      <title>{`${word('nodeKind', node.kind)} · ${told}`}</title>
      <circle cx={x} cy={y} r={radius} />
      <text x={x} y={y + 5} className={styles.count}>
        {`${online}/${platforms.length}`}
      </text>
      <text x={x} y={y + radius + 17} className={styles.name}>
        {node.name}
      </text>
    </Link>
  )
}

/** The province's cloud as a picture: nodes around the core, direct links between them, and whether their platforms answer. */
export const Topology = () => {
  const { t } = useTranslation()
  const may = useMay()
  const nodes = useAnswer(nodeList, whole)
  const centres = useAnswer(dataCentreList, whole).data?.items ?? []
  const links = useAnswer(linkList, whole).data?.items ?? []
  const platforms = useAnswer(platformList, whole, { enabled: may(platformGet) }).data?.items ?? []
  return (
    <Asked of={nodes}>
      {({ items }) => {
        if (items.length === 0) return <Nothing words={t('clouds.nodesEmpty')} action={<CreateNode />} />
        const placed = layOut(items, centres)
        const nodeOf = (centreId: string) => centres.find((it) => it.id === centreId)?.nodeId
        const lines = linesOf(placed, links, nodeOf)
        return (
          <div className={styles.frame}>
            <svg viewBox={`0 0 ${picture.width} ${picture.height}`} className={styles.picture}>
              <title>{t('clouds.tabs.topology')}</title>
              {lines.map((it) => (
                <LinkLine key={`${it.from.node.id} ${it.to.node.id}`} line={it} />
              ))}
              {lines.map((it) => (
                <LinkFigures key={`${it.from.node.id} ${it.to.node.id}`} line={it} />
              ))}
              {placed.map((it) => (
                <NodeMark
                  key={it.node.id}
                  placed={it}
                  platforms={platforms.filter((one) => one.nodeId === it.node.id)}
                />
              ))}
            </svg>
            <Flex gap={16} wrap className={styles.legend}>
              {(['good', 'bad', 'none'] as const).map((state) => (
                <span key={state}>
                  <i data-state={state} />
                  {t(`clouds.legend.${state}`)}
                </span>
              ))}
              <Typography.Text type="secondary">{t('clouds.topologyHint')}</Typography.Text>
            </Flex>
          </div>
        )
      }}
    </Asked>
  )
}
