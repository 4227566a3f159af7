import { Link } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { InSection } from './in-section.ts'
import { joined } from './joined.ts'
import styles from './page.module.css'

export interface Crumb {
  readonly title: string
  readonly to: string
}

interface PageProps {
  readonly title: string
  /** Beside the title: a state, a number. */
  readonly tag?: ReactNode
  /** One line below the title: what this page is for. */
  readonly hint?: ReactNode
  readonly crumbs?: readonly Crumb[]
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** The content fills the window and scrolls within itself, as long lists do. */
  readonly filled?: boolean
}

/** The way down to this page. */
const Crumbs = ({ of }: { readonly of: readonly Crumb[] }) => {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('shell.crumbs')} className={styles.crumbs}>
      <ol>
        {of.map((it) => (
          <li key={it.to}>
            <Link to={it.to}>{it.title}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The frame of every page: where one is, what it is called, what can be done, and the content. */
export const Page = ({ title, tag, hint, crumbs = [], actions, children, filled = false }: PageProps) => {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = joined([title, t('shell.product')])
  }, [title, t])
  return (
    <div className={filled ? `${styles.page} ${styles.filled}` : styles.page}>
      {crumbs.length > 0 && <Crumbs of={crumbs} />}
      <Flex className={styles.head} justify="space-between" align="center" gap={12} wrap>
        <Flex align="center" gap={12} wrap>
          <Typography.Title level={1} className={styles.title}>
            {title}
          </Typography.Title>
          {tag}
        </Flex>
        {actions && (
          <Flex gap={8} wrap className={styles.actions}>
            {actions}
          </Flex>
        )}
      </Flex>
      {hint && <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>}
      <div className={styles.body}>{children}</div>
    </div>
  )
}

/** A part of a page under a heading of its own. */
export const Section = ({
  title,
  extra,
  children,
}: {
  readonly title: string
  readonly extra?: ReactNode
  readonly children: ReactNode
}) => (
  <section className={styles.section} aria-label={title}>
    <Flex className={styles.sectionHead} justify="space-between" align="center" gap={8} wrap>
      <Typography.Title level={2} className={styles.sectionTitle}>
        {title}
      </Typography.Title>
      {extra}
    </Flex>
    <InSection value={true}>{children}</InSection>
  </section>
)
