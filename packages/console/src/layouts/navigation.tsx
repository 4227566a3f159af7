import { Link, useLocation } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { useEffect, useRef } from 'react'
import { useMayOpen } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { type PageRoute, routes } from '../routes.ts'
import { groups } from './groups.ts'
import { icons } from './icons.tsx'
import styles from './navigation.module.css'

interface Entry extends PageRoute {
  readonly group: NonNullable<PageRoute['group']>
}

/** Pages of the navigation that this person may see. */
export const useEntries = (): readonly Entry[] => {
  const mayOpen = useMayOpen()
  return routes.filter((it): it is Entry => it.group !== undefined && mayOpen(it.needs))
}

export const Navigation = ({ folded, onGo }: { readonly folded: boolean; readonly onGo?: () => void }) => {
  const { t } = useTranslation()
  const entries = useEntries()
  const { pathname } = useLocation()
  const own = useRef<HTMLElement>(null)
  // On a low window there are more entries than places: where one is stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which entry is the one
  useEffect(() => {
    const scroll = () => own.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
    const frame = requestAnimationFrame(scroll) // the page is measured then anyway
    return () => cancelAnimationFrame(frame)
  }, [pathname])
  return (
    <nav ref={own} aria-label={t('shell.navigation')} className={styles.navigation} data-folded={folded}>
      {groups.map((group) => {
        const inGroup = entries.filter((it) => it.group === group)
        if (inGroup.length === 0) return null
        return (
          <div key={group}>
            <div className={styles.group}>{t(`shell.groups.${group}`)}</div>
            <ul>
              {inGroup.map((it) => (
                <li key={it.path}>
                  <Tooltip title={folded ? t(`pages.${it.title}`) : ''} placement="right">
                    <Link
                      to={it.path}
                      className={styles.link}
                      activeOptions={{ exact: it.path === '/' }}
                      activeProps={{ 'aria-current': 'page' }}
                      {...(onGo ? { onClick: onGo } : {})}
                    >
                      <span aria-hidden="true">{icons[it.title]}</span>
                      <span className={styles.title}>{t(`pages.${it.title}`)}</span>
                    </Link>
                  </Tooltip>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
