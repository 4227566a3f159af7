import { type Board, boardGet } from '@yiduo/contract'
import { ConfigProvider } from 'antd'
import { type DragEvent, useEffect, useMemo, useState } from 'react'
import { useAnswer } from '../api/answers.ts'
import { sessionState } from '../api/connection.ts'
import { useLive } from '../api/live.ts'
import { Alarms } from '../components/board/alarms.tsx'
import styles from '../components/board/board.module.css'
import { Focus } from '../components/board/focus.tsx'
import { Head } from '../components/board/head.tsx'
import { HelpDialog } from '../components/board/help-dialog.tsx'
import { MapDialog } from '../components/board/map-dialog.tsx'
import { Money } from '../components/board/money.tsx'
import { Legend, Province } from '../components/board/province.tsx'
import { useRotation } from '../components/board/rotation.ts'
import { Steps } from '../components/board/steps.tsx'
import { Systems } from '../components/board/systems.tsx'
import { Tiles } from '../components/board/tiles.tsx'
import { useBoardMap } from '../components/board/use-map.ts'
import { useTranslation } from '../i18n/index.ts'
import { LogInAgain } from '../layouts/log-in-again.tsx'
import { Asked } from '../ui/asked.tsx'
import { useKeys } from '../ui/keys.ts'
import { themeConfig, useMotion } from '../ui/theme.ts'
import { useStore } from '../use-store.ts'

/** Events make it stale sooner; what the clock alone changes is asked for by this. */
const askAgainMs = 30_000

const toggleFullscreen = (): void => {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  done.catch(() => undefined) // a browser that refuses has said so itself
}

/** The approval of the map that is shown, or that none of the borders is one. */
const useMapNote = ({ kept, map }: ReturnType<typeof useBoardMap>): string => {
  const { t } = useTranslation()
  if (!map) return t('board.schematicNote')
  return kept?.approval ? t('board.approval', { number: kept.approval }) : t('board.approvalMissing')
}

const Screen = ({ board, updatedAt }: { readonly board: Board; readonly updatedAt: number }) => {
  const rotation = useRotation(board.nodes.length)
  const [open, setOpen] = useState<'map' | 'help' | null>(null)
  const places = useMemo(() => board.nodes.flatMap((it) => it.place ?? []), [board.nodes])
  const map = useBoardMap(places)
  const note = useMapNote(map)
  const inFocus = board.nodes[rotation.index]
  const controls = {
    isPaused: rotation.isPaused,
    toggle: rotation.toggle,
    openMap: () => setOpen('map'),
    openHelp: () => setOpen('help'),
    fullscreen: toggleFullscreen,
  }
  useKeys({
    ' ': rotation.toggle,
    arrowright: () => rotation.step(1),
    arrowleft: () => rotation.step(-1),
    f: toggleFullscreen,
    m: controls.openMap,
    '?': controls.openHelp,
  })
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    // What is wrong with a file is told where another one can be chosen.
    if (file) void map.load(file).then((isLoaded) => setOpen(isLoaded ? null : 'map'))
  }
  return (
    <main className={styles.stage} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <Head updatedAt={updatedAt} controls={controls} />
      <Tiles board={board} />
      <div className={styles.middle}>
        <div className={styles.column}>
          <Money months={board.months} />
          <Systems systems={board.systems} />
        </div>
        <div className={styles.centre}>
          <Province board={board} inFocus={inFocus} map={map.map} onShow={rotation.show} />
          <Legend note={note} />
        </div>
        <div className={styles.column}>
          <Alarms alarms={board.alarms} turn={rotation.turn} />
          <Focus board={board} node={inFocus} />
        </div>
      </div>
      <Steps steps={board.steps} />
      {open === 'map' && <MapDialog of={map} onClose={() => setOpen(null)} />}
      {open === 'help' && <HelpDialog board={board} onClose={() => setOpen(null)} />}
    </main>
  )
}

/** The province on one screen: dark always, the same picture on every screen, for people ten metres away. */
export const BoardPage = () => {
  const { t } = useTranslation()
  const asked = useAnswer(boardGet, {}, { refetchMs: askAgainMs })
  const isOver = useStore(sessionState) === 'over'
  const motion = useMotion()
  useLive()
  useEffect(() => {
    document.title = `${t('pages.board')} · ${t('shell.product')}`
  }, [t])
  return (
    <ConfigProvider theme={{ inherit: false, ...themeConfig(true, motion) }}>
      <div className={styles.board}>
        <Asked of={asked}>{(board) => <Screen board={board} updatedAt={asked.dataUpdatedAt} />}</Asked>
      </div>
      {isOver && <LogInAgain />}
    </ConfigProvider>
  )
}
