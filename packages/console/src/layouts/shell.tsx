import MenuIcon from '@ant-design/icons/MenuOutlined'
import SearchOutlined from '@ant-design/icons/SearchOutlined'
import { Alert, Button, Flex } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { connection, sessionState } from '../api/connection.ts'
import { useLive, useReturn } from '../api/live.ts'
import { useTranslation } from '../i18n/index.ts'
import { navigationFolded } from '../preferences.ts'
import { useStore } from '../use-store.ts'
import { Account } from './account.tsx'
import { useAtHand } from './at-hand.ts'
import { Awake } from './awake.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { NoticeBell } from './notice-bell.tsx'
import styles from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'

const loadLogInAgain = async () => ({ default: (await import('./log-in-again.tsx')).LogInAgain })
const LogInAgain = lazy(loadLogInAgain)
const NavigationDrawer = lazy(async () => ({ default: (await import('./navigation-drawer.tsx')).NavigationDrawer }))
const SearchPalette = lazy(async () => ({ default: (await import('./search-palette.tsx')).SearchPalette }))
const ShortcutHelp = lazy(async () => ({ default: (await import('./shortcut-help.tsx')).ShortcutHelp }))

/** Said for as long as it lasts, above whatever page is open. */
const Lost = () => {
  const { t } = useTranslation()
  const state = useStore(connection)
  useReturn(state === 'lost')
  return <div role="status">{state === 'lost' && <Alert type="warning" banner showIcon title={t('shell.lost')} />}</div>
}

/** Navigation, head and the page between them. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation()
  const folded = useStore(navigationFolded)
  const isOver = useStore(sessionState) === 'over'
  const [open, setOpen] = useState<'search' | 'help' | 'navigation' | null>(null)
  const close = () => setOpen(null)
  useLive()
  useAtHand(loadLogInAgain)
  useShortcuts({ search: () => setOpen('search'), help: () => setOpen('help') })
  return (
    <div className={styles.shell} data-folded={folded}>
      <a className={styles.skip} href="#content">
        {t('shell.skipToContent')}
      </a>
      <aside className={styles.side}>
        <Brand />
        <Navigation folded={folded} />
        <button type="button" className={styles.fold} onClick={() => navigationFolded.set(!folded)}>
          {folded ? '»' : '«'}
          <span className={styles.hidden}>{t(folded ? 'shell.unfoldNavigation' : 'shell.foldNavigation')}</span>
        </button>
      </aside>
      <div className={styles.main}>
        <header className={styles.head}>
          <Button
            type="text"
            className={styles.hamburger}
            icon={<MenuIcon />}
            aria-label={t('shell.openNavigation')}
            onClick={() => setOpen('navigation')}
          />
          <button type="button" className={styles.search} onClick={() => setOpen('search')}>
            <SearchOutlined />
            <span className={styles.searchHint}>{t('shell.searchHint')}</span>
            <kbd>Ctrl K</kbd>
          </button>
          <Flex gap={4} align="center">
            <NoticeBell />
            <Account onHelp={() => setOpen('help')} />
          </Flex>
        </header>
        <Lost />
        <Awake />
        <main id="content" className={styles.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Suspense>{open === 'navigation' && <NavigationDrawer onClose={close} />}</Suspense>
      <Suspense>{open === 'search' && <SearchPalette onClose={close} />}</Suspense>
      <Suspense>{open === 'help' && <ShortcutHelp onClose={close} />}</Suspense>
      <Suspense>{isOver && <LogInAgain />}</Suspense>
    </div>
  )
}
