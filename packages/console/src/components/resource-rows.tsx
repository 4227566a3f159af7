import { Link } from '@tanstack/react-router'
import type { Resource } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useWord } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { StateTag } from '../ui/state-tag.tsx'
import { addressesOf, useSizeTold } from './resource/size.ts'
import styles from './resource-rows.module.css'

/** Some resources, each in one row: what it is, how large, where it can be reached. */
export const ResourceRows = ({ items }: { readonly items: readonly Resource[] }) => {
  const word = useWord()
  const size = useSizeTold()
  return (
    <ul className={styles.rows}>
      {items.map((it) => (
        <li key={it.id}>
          <Flex gap={8} wrap align="center">
            <Typography.Text type="secondary">{word('resourceKind', it.kind)}</Typography.Text>
            <Link to={paths.resource(it.id)}>{it.name}</Link>
            <StateTag of="resourceState" state={it.state} />
            {it.power && <StateTag of="power" state={it.power} />}
          </Flex>
          <Typography.Text type="secondary">
            {[size(it), ...addressesOf(it)].filter((part) => part).join(' · ')}
          </Typography.Text>
        </li>
      ))}
    </ul>
  )
}
