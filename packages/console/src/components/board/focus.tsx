import { type Board, type BoardLink, type BoardNode, linkVerdicts } from '@yiduo/contract'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { useFormats, useSpan } from '../../ui/format.ts'
import styles from './board.module.css'
import { type LinkFinding, linksOf, type Share, shareAt, shareOf, shortened, toneOfShare } from './figures.ts'
import { useMeasured } from './measured.ts'
import { Panel } from './panel.tsx'

const Use = ({
  label,
  of,
  show,
}: {
  readonly label: string
  readonly of: Share
  readonly show: (n: number) => string
}) => {
  const { percent } = useFormats()
  const share = shareOf(of)
  return (
    <div className={styles.use} data-tone={toneOfShare(share)}>
      <span>{label}</span>
      <strong>{share === null ? '–' : percent(share)}</strong>
      <span className={styles.useAmount}>
        {show(of.used)} / {show(of.all)}
      </span>
      <span className={styles.bar} aria-hidden="true">
        <i style={{ width: `${Math.min(1, share ?? 0) * 100}%` }} />
      </span>
    </div>
  )
}

const unwell = ({ state, isStale }: BoardNode['platforms'][number]): number =>
  state !== 'online' ? 2 : isStale ? 1 : 0
const unwellFirst = (a: BoardNode['platforms'][number], b: BoardNode['platforms'][number]): number =>
  unwell(b) - unwell(a)

/** So many of its platforms and links are read at a glance; those that are not well come first. */
const shownPlatforms = 3
const shownLinks = 3

const Platforms = ({ of }: { readonly of: BoardNode }) => {
  const { t } = useTranslation()
  const word = useWord()
  const span = useSpan()
  if (of.platforms.length === 0) return <p className={styles.empty}>{t('board.noPlatform')}</p>
  return (
    <ul className={styles.platforms}>
      {of.platforms
        .toSorted(unwellFirst)
        .slice(0, shownPlatforms)
        .map((it) => (
          <li key={it.id} data-tone={it.state !== 'online' ? 'bad' : it.isStale ? 'warn' : 'good'}>
            <span>{shortened(it.name, 13)}</span>
            <em>
              {it.state !== 'online'
                ? word('platformState', it.state)
                : it.listedAt === null
                  ? t('board.neverListed')
                  : t(it.isStale ? 'board.stale' : 'board.listed', {
                      span: span(Math.max(0, now() - new Date(it.listedAt).getTime())),
                    })}
            </em>
          </li>
        ))}
    </ul>
  )
}

const worstFirst = (a: BoardLink, b: BoardLink): number => rank(b) - rank(a)
const rank = ({ verdict }: BoardLink): number => (verdict === null ? -1 : linkVerdicts.indexOf(verdict))

/** What it is that breaks a rule, and which. */
const Broken = ({ of: it }: { readonly of: LinkFinding }) => {
  const { t } = useTranslation()
  const told = useMeasured()
  return (
    <span className={styles.finding}>
      {it.rule} {t(`board.measures.${it.measure}`)} {it.measured === null ? '–' : told(it.measure, it.measured)}
      {' · '}
      {t(`board.bounds.${it.bound}`)} {told(it.measure, it.limit)}
      {it.unsure && <b>{t('board.unsureMark')}</b>}
    </span>
  )
}

const otherEnd = ({ from, to }: BoardLink, node: BoardNode) => (from.nodeId === node.id ? to : from)

const LinkRow = ({ link, node }: { readonly link: BoardLink; readonly node: BoardNode }) => {
  const { t } = useTranslation()
  const broken = link.findings.find((it) => it.verdict === 'broken')
  return (
    <li data-verdict={link.verdict ?? 'none'}>
      <span>{otherEnd(link, node).name}</span>
      <span className={styles.linkFacts}>
        {link.latencyMs !== null && t('board.latency', { ms: link.latencyMs })}{' '}
        {t('board.gbps', { amount: Math.round(link.bandwidthMbps / 100) / 10 })}
      </span>
      <em>{t(`board.verdicts.${link.verdict ?? 'none'}`)}</em>
      {broken && <Broken of={broken} />}
    </li>
  )
}

/** The node that is looked at now, with its figures. */
export const Focus = ({ board, node }: { readonly board: Board; readonly node: BoardNode | undefined }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { number, memory, storage } = useFormats()
  if (!node) return null
  const links = linksOf(board, node).toSorted(worstFirst)
  const kept = links.filter((it) => it.verdict === 'kept').length
  const { carried } = node
  return (
    <Panel
      title={t('board.inFocus')}
      extra={
        <span className={styles.quiet}>
          {word('nodeKind', node.kind)} · {t('board.platformCount', { amount: node.platforms.length })}
        </span>
      }
      className={styles.focus}
    >
      <p className={styles.focusName}>{shortened(node.name, 16)}</p>
      <Platforms of={node} />
      {node.capacity && (
        <div className={styles.uses}>
          <Use label={t('board.coresWord')} of={shareAt(node, 'cores')} show={number} />
          <Use label={t('board.memoryWord')} of={shareAt(node, 'memory')} show={memory} />
        </div>
      )}
      {carried && (
        <ul className={styles.carried}>
          <li>
            <strong>{number(carried.systems)}</strong> {t('board.systems')}
          </li>
          <li>
            <strong>{number(carried.servers)}</strong> {t('board.servers')}
          </li>
          <li>
            <strong>{storage(carried.storageGib)}</strong> {t('board.storage')}
          </li>
        </ul>
      )}
      <div className={styles.linksHead}>
        <span>{t('board.linksOf')}</span>
        <span className={styles.quiet}>
          {links.length === 0 ? t('board.linksNone') : t('board.linksSummary', { count: links.length, kept })}
        </span>
      </div>
      <ul className={styles.links}>
        {links.slice(0, shownLinks).map((it) => (
          <LinkRow key={it.id} link={it} node={node} />
        ))}
      </ul>
    </Panel>
  )
}
