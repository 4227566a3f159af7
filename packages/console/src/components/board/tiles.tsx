import type { Board } from '@yiduo/contract'
import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import styles from './board.module.css'
import { type Share, shareOf, sumOfNodes, toneOfShare } from './figures.ts'

const Tile = ({
  label,
  value,
  note,
  tone = 'none',
  share,
}: {
  readonly label: string
  readonly value: string
  readonly note: ReactNode
  readonly tone?: string
  readonly share?: number | null
}) => (
  <div className={styles.tile} data-tone={tone}>
    <span className={styles.tileLabel}>{label}</span>
    <strong>{value}</strong>
    <span className={styles.tileNote}>{note}</span>
    {share !== undefined && (
      <span className={styles.tileBar} aria-hidden="true">
        <i style={{ width: `${Math.min(1, share ?? 0) * 100}%` }} />
      </span>
    )}
  </div>
)

/** The figures that people ask for first. */
export const Tiles = ({ board }: { readonly board: Board }) => {
  const { t } = useTranslation()
  const { number, percent, memory, storage } = useFormats()
  const { nodes, totals, alarms, steps } = board
  const platforms = nodes.flatMap((it) => it.platforms)
  const online = platforms.filter((it) => it.state === 'online').length
  const [cores, ram] = [sumOfNodes(nodes, 'cores'), sumOfNodes(nodes, 'memory')]
  const told = (share: Share) => {
    const part = shareOf(share)
    return part === null ? '–' : percent(part)
  }
  const wrong = alarms.counts.reduce((sum, it) => sum + it.count, 0)
  const isMore = alarms.counts.some((it) => it.more)
  const overdue = steps.reduce((sum, it) => sum + it.overdue, 0)
  const carrying = nodes.filter((it) => (it.carried?.servers ?? 0) > 0).length
  const ofEach = (amount: number) => (totals.systems > 0 ? amount / totals.systems : 0)
  return (
    <div className={styles.tiles}>
      <Tile
        label={t('board.nodes')}
        value={number(nodes.length)}
        note={t('board.platformsOnline', { online, all: platforms.length })}
        tone={online < platforms.length ? 'bad' : 'none'}
      />
      <Tile
        label={t('board.systems')}
        value={number(totals.systems)}
        note={t('board.perServer', { amount: number(Math.round(ofEach(totals.servers) * 10) / 10) })}
      />
      <Tile
        label={t('board.servers')}
        value={number(totals.servers)}
        note={t('board.serversOn', { count: carrying })}
      />
      <Tile
        label={t('board.cores')}
        value={told(cores)}
        note={t('board.coresOf', { used: number(cores.used), all: number(cores.all) })}
        tone={toneOfShare(shareOf(cores))}
        share={shareOf(cores)}
      />
      <Tile
        label={t('board.memory')}
        value={told(ram)}
        note={`${memory(ram.used)} / ${memory(ram.all)}`}
        tone={toneOfShare(shareOf(ram))}
        share={shareOf(ram)}
      />
      <Tile
        label={t('board.storage')}
        value={storage(totals.storageGib)}
        note={t('board.perSystem', { amount: storage(Math.round(ofEach(totals.storageGib))) })}
      />
      <Tile
        label={t('board.alarms')}
        value={isMore ? t('board.countMore', { count: wrong }) : number(wrong)}
        note={overdue > 0 ? t('board.overdue', { count: overdue }) : t('board.onTime')}
        tone={alarms.items.some((it) => it.severity === 'error') ? 'bad' : wrong > 0 ? 'warn' : 'good'}
      />
    </div>
  )
}
