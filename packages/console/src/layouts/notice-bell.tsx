import BellOutlined from '@ant-design/icons/BellOutlined'
import { Link } from '@tanstack/react-router'
import { noticeList } from '@yiduo/contract'
import { Badge } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import styles from './notice-bell.module.css'

const shownMost = 99

export const NoticeBell = () => {
  const { t } = useTranslation()
  const unread = useAnswer(noticeList, { query: { unread: true, limit: shownMost + 1 } }, { refetchMs: 60_000 })
  const count = unread.data?.items.length ?? 0
  return (
    <Link to={paths.notices()} className={styles.bell} aria-label={`${t('shell.notices')} ${count}`}>
      <Badge count={count} overflowCount={shownMost} size="small">
        <BellOutlined className={styles.icon} />
      </Badge>
    </Link>
  )
}
