import ExclamationCircleFilled from '@ant-design/icons/ExclamationCircleFilled'
import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import styles from './outcome.module.css'

/** In the place of a page or a part of one that could not be shown: why, and the ways on. */
export const Outcome = ({
  title,
  isPage = false,
  hint,
  extra,
  children,
}: {
  readonly title: string
  /** There is no other heading. */
  readonly isPage?: boolean
  readonly hint: string
  /** Buttons. */
  readonly extra?: ReactNode
  /** What helps whoever is asked about it. */
  readonly children?: ReactNode
}) => (
  <div className={styles.outcome}>
    <ExclamationCircleFilled className={styles.icon} aria-hidden />
    {isPage ? <h1 className={styles.title}>{title}</h1> : <div className={styles.title}>{title}</div>}
    <Typography.Text type="secondary" className={styles.hint}>
      {hint}
    </Typography.Text>
    {extra && (
      <Flex gap={8} justify="center" wrap>
        {extra}
      </Flex>
    )}
    {children}
  </div>
)
