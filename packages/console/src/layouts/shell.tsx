import MenuIcon from '@ant-design/icons/MenuOutlined'
import SearchOutlined from '@ant-design/icons/SearchOutlined'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Drawer, Flex } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { connection, sessionState } from '../api/connection.ts'
import { useLive, useReturn } from '../api/live.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { navigationFolded } from '../preferences.ts'
import { useStore } from '../store.ts'
import { Account } from './account.tsx'
import { LogInAgain } from './log-in-again.tsx'
import { Navigation } from './navigation.tsx'
import { NoticeBell } from './notice-bell.tsx'
import styles from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'

const SearchPalette = lazy(async () => ({ default: (await import('./search-palette.tsx')).SearchPalette }))
const ShortcutHelp = lazy(async () => ({ default: (await import('./shortcut-help.tsx')).ShortcutHelp }))

/** Said for as long as it lasts, above whatever page is open. */
const Lost = () => {
  const { t } = useTranslation()
  const state = useStore(connection)
  useReturn(state === 'lost')
  return <div role="status">{state === 'lost' && <Alert type="warning" banner showIcon title={t('shell.lost')} />}</div>
}

const Brand = () => {
  const { t } = useTranslation()
  return (
    <Link to={paths.home()} className={styles.brand}>
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <span>{t('shell.product')}</span>
    </Link>
  )
}

/** Navigation, head and the page between them. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation()
  const folded = useStore(navigationFolded)
  const isOver = useStore(sessionState) === 'over'
  const [open, setOpen] = useState<'search' | 'help' | 'navigation' | null>(null)
  const close = () => setOpen(null)
  useLive()
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
        <main id="content" className={styles.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Drawer
        open={open === 'navigation'}
        onClose={close}
        placement="left"
        size={260}
        title={<Brand />}
        styles={{ body: { padding: 8 } }}
      >
        <Navigation folded={false} onGo={close} />
      </Drawer>
      <Suspense>{open === 'search' && <SearchPalette onClose={close} />}</Suspense>
      <Suspense>{open === 'help' && <ShortcutHelp onClose={close} />}</Suspense>
      {isOver && <LogInAgain />}
    </div>
  )
}
