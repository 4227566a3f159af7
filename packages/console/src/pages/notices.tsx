import { Link } from '@tanstack/react-router'
import {
  type Notice,
  noticeList,
  noticePreferenceGet,
  noticePreferenceSet,
  noticeRead,
  noticeReadAll,
} from '@yiduo/contract'
import { Alert, Badge, Button, Checkbox, Flex, Form, Input, Select, Typography } from 'antd'
import { rowsOf, useAct, useAnswer, usePages } from '../api/answers.ts'
import { FormButton } from '../components/form-dialog.tsx'
import { useTranslation } from '../i18n/index.ts'
import { pathOfId, paths } from '../paths.ts'
import { Waiting } from '../ui/asked.tsx'
import { Instant } from '../ui/clock.tsx'
import { Nothing } from '../ui/nothing.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemPanel } from '../ui/problem.tsx'
import { useFilters } from '../ui/search.ts'
import styles from './notices.module.css'

/** What is about people, or about the trail as a whole, is looked at where it is decided. */
const pageOfCode: Readonly<
  Partial<Record<Notice['code'], { readonly to: string; readonly search: Readonly<Record<string, string>> }>>
> = {
  'grant-to-confirm': { to: paths.grants(), search: { pending: 'true' } },
  'emergency-access-begun': { to: paths.emergencyGrants(), search: {} },
  'audit-trail-broken': { to: paths.audit(), search: { tab: 'chain' } },
}

const pageOf = ({ code, subject }: Notice) => {
  const to = pathOfId(subject)
  return pageOfCode[code] ?? (to === null ? null : { to, search: {} })
}

const NoticeRow = ({ notice }: { readonly notice: Notice }) => {
  const { t } = useTranslation()
  const page = pageOf(notice)
  const read = useAct(noticeRead)
  const markRead = () => notice.readAt === null && read.mutate({ params: { noticeId: notice.id } })
  return (
    <li data-unread={notice.readAt === null}>
      <Flex vertical gap={2} flex={1}>
        <Flex gap={8} align="baseline">
          {notice.readAt === null && <Badge status="processing" />}
          {page ? (
            <Link to={page.to} search={page.search} onClick={markRead}>
              {notice.message}
            </Link>
          ) : (
            <span>{notice.message}</span>
          )}
        </Flex>
        <Typography.Text type="secondary">{notice.next}</Typography.Text>
        {notice.fault && <Typography.Text type="danger">{notice.fault.message}</Typography.Text>}
      </Flex>
      <Flex vertical align="end" gap={4}>
        <Instant at={notice.at} />
        {notice.readAt === null && (
          <Button size="small" type="text" loading={read.isPending} onClick={markRead}>
            {t('notices.read')}
          </Button>
        )}
      </Flex>
    </li>
  )
}

interface Preference {
  readonly mail: boolean
  readonly email: string | null
  readonly language: 'zh-CN' | 'en'
  readonly quietFromHour: number | null
  readonly quietUntilHour: number | null
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${hour}:00` }))

/** How one's notices come beside this page: by mail, not at night, in which language. */
const Preferences = () => {
  const { t } = useTranslation()
  const { data } = useAnswer(noticePreferenceGet, {})
  if (!data) return null
  return (
    <FormButton<typeof noticePreferenceSet, Preference>
      operation={noticePreferenceSet}
      label={t('notices.preferences')}
      initial={data}
      callOf={({ email, quietFromHour = null, quietUntilHour = null, ...asked }) => ({
        body: { ...asked, email: email || null, quietFromHour, quietUntilHour },
      })}
    >
      {!data.mailAvailable && <Alert type="info" showIcon title={t('notices.noMail')} />}
      {data.problem && <Alert type="warning" showIcon title={data.problem} />}
      <Form.Item name="mail" valuePropName="checked">
        <Checkbox>{t('notices.mail')}</Checkbox>
      </Form.Item>
      <Form.Item name="email" label={t('notices.email')}>
        <Input type="email" maxLength={254} autoComplete="email" />
      </Form.Item>
      <Form.Item name="quietFromHour" label={t('notices.quietFrom')} normalize={(it) => it ?? null}>
        <Select allowClear options={hours} />
      </Form.Item>
      <Form.Item name="quietUntilHour" label={t('notices.quietUntil')} normalize={(it) => it ?? null}>
        <Select allowClear options={hours} />
      </Form.Item>
      <Form.Item name="language" label={t('notices.language')}>
        <Select
          options={[
            { value: 'zh-CN', label: t('notices.chinese') },
            { value: 'en', label: t('notices.english') },
          ]}
        />
      </Form.Item>
    </FormButton>
  )
}

export const NoticesPage = () => {
  const { t } = useTranslation()
  const [filters, setFilters] = useFilters(['unread'])
  const pages = usePages(noticeList, filters.unread ? { unread: true } : {})
  const notices = rowsOf(pages)
  const readAll = useAct(noticeReadAll)
  const newest = notices[0]
  const actions = (
    <>
      <Checkbox
        checked={filters.unread !== undefined}
        onChange={(event) => setFilters({ unread: event.target.checked ? 'true' : undefined })}
      >
        {t('notices.onlyUnread')}
      </Checkbox>
      <Preferences />
      {newest && notices.some((it) => it.readAt === null) && (
        <Button loading={readAll.isPending} onClick={() => readAll.mutate({ body: { upTo: newest.id } })}>
          {t('notices.readAll')}
        </Button>
      )}
    </>
  )
  return (
    <Page title={t('pages.notices')} actions={actions}>
      {pages.isPending && !pages.error && <Waiting rows={8} />}
      {pages.error && notices.length === 0 && <ProblemPanel error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && notices.length === 0 && <Nothing words={t('notices.empty')} />}
      {notices.length > 0 && (
        <ul className={styles.notices}>
          {notices.map((it) => (
            <NoticeRow key={it.id} notice={it} />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('states.more')}
        </Button>
      )}
    </Page>
  )
}
