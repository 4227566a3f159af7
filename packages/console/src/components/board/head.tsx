import ArrowLeftOutlined from '@ant-design/icons/ArrowLeftOutlined'
import CaretRightOutlined from '@ant-design/icons/CaretRightOutlined'
import FullscreenOutlined from '@ant-design/icons/FullscreenOutlined'
import GlobalOutlined from '@ant-design/icons/GlobalOutlined'
import PauseOutlined from '@ant-design/icons/PauseOutlined'
import PictureOutlined from '@ant-design/icons/PictureOutlined'
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { connection } from '../../api/connection.ts'
import { useSession } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { localePreference } from '../../preferences.ts'
import { useNow } from '../../ui/clock.tsx'
import { useFormats, useSpan } from '../../ui/format.ts'
import { useStore } from '../../use-store.ts'
import styles from './board.module.css'

/** So long before its end the session is said to end: somebody has to come and sign in again. */
const endingMs = 3_600_000

/** Figures older than this are told with their age. */
const freshMs = 90_000

/** The time of the day, and how old the figures are. */
const Clock = ({ updatedAt }: { readonly updatedAt: number }) => {
  const { t } = useTranslation()
  const { clock, today } = useFormats()
  const span = useSpan()
  const now = useNow(1_000)
  const isLost = useStore(connection) === 'lost'
  const ageMs = Math.max(0, now - updatedAt)
  const age = span(ageMs)
  const endsAt = new Date(useSession().expiresAt).getTime()
  const isEnding = !isLost && endsAt - now < endingMs
  return (
    <>
      <span className={styles.freshness} data-tone={isLost ? 'bad' : ageMs > freshMs ? 'warn' : 'good'}>
        <i aria-hidden="true" />
        {isLost ? t('board.lost', { age }) : ageMs > freshMs ? t('board.asOf', { age }) : t('board.live')}
      </span>
      {isEnding && (
        <span className={styles.freshness} data-tone="warn">
          {t('board.sessionEnds', { at: clock(endsAt) })}
        </span>
      )}
      {!isLost && !isEnding && <span className={styles.day}>{today(now)}</span>}
      <time className={styles.time}>{clock(now)}</time>
    </>
  )
}

const Control = ({
  label,
  onPress,
  children,
}: {
  readonly label: string
  readonly onPress: () => void
  readonly children: ReactNode
}) => (
  <button type="button" className={styles.control} title={label} aria-label={label} onClick={onPress}>
    {children}
  </button>
)

export interface Controls {
  readonly isPaused: boolean
  toggle(): void
  openMap(): void
  openHelp(): void
  fullscreen(): void
}

/** What the board is, how fresh it is, and what can be done with it. */
export const Head = ({ updatedAt, controls }: { readonly updatedAt: number; readonly controls: Controls }) => {
  const { t, i18n } = useTranslation()
  const { isPaused, toggle, openMap, openHelp, fullscreen } = controls
  return (
    <header className={styles.head}>
      <div className={styles.controls}>
        <Link to={paths.home()} className={styles.control} title={t('board.back')} aria-label={t('board.back')}>
          <ArrowLeftOutlined />
        </Link>
        <Control label={t(isPaused ? 'board.resume' : 'board.pause')} onPress={toggle}>
          {isPaused ? <CaretRightOutlined /> : <PauseOutlined />}
        </Control>
        <Control label={t('board.map')} onPress={openMap}>
          <PictureOutlined />
        </Control>
        <Control
          label={t('board.language')}
          onPress={() => localePreference.set(i18n.language === 'en' ? 'zh-CN' : 'en')}
        >
          <GlobalOutlined />
        </Control>
        <Control label={t('board.fullscreen')} onPress={fullscreen}>
          <FullscreenOutlined />
        </Control>
        <Control label={t('board.help')} onPress={openHelp}>
          <QuestionCircleOutlined />
        </Control>
      </div>
      <h1>{t('board.title')}</h1>
      <div className={styles.now}>
        <Clock updatedAt={updatedAt} />
      </div>
    </header>
  )
}
