import type { ServiceRequest } from '@yiduo/contract'
import { Flex, Timeline, Typography } from 'antd'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Instant } from '../../ui/clock.tsx'
import { useSpan } from '../../ui/format.ts'
import { dotColours, requestTones } from '../../ui/tone.ts'
import styles from './request.module.css'

/** Everything that happened to it, the newest first. */
export const RequestHistory = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const word = useWord()
  const span = useSpan()
  const entries = request.track.toReversed()
  return (
    <Timeline
      items={entries.map((it) => ({
        key: `${it.startedAt} ${it.state}`,
        color: dotColours[requestTones[it.state]],
        content: (
          <div>
            <Flex gap={8} wrap align="center">
              <strong>{word('requestState', it.state)}</strong>
              <Typography.Text type="secondary">{it.by}</Typography.Text>
              <Instant at={it.startedAt} />
              {it.endedAt && (
                <Typography.Text type="secondary">
                  {t('request.took', { span: span(Date.parse(it.endedAt) - Date.parse(it.startedAt)) })}
                </Typography.Text>
              )}
            </Flex>
            {it.remark && <div className={styles.remark}>{it.remark}</div>}
          </div>
        ),
      }))}
    />
  )
}
