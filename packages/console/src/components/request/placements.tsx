import { type LinePlacement, type PlacementCandidate, placementExplain, type ServiceRequest } from '@yiduo/contract'
import { Flex, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import styles from './request.module.css'

/** Every place that the rules admit, the best first, with what each wish of the policy gave it. */
const Candidates = ({ of: { chosen, runnersUp, lineName } }: { readonly of: LinePlacement }) => {
  const { t } = useTranslation()
  const { percent } = useFormats()
  if (!chosen) return null
  return (
    <PlainTable<PlacementCandidate & { readonly place: number }>
      label={t('placement.candidates', { name: lineName })}
      rows={[chosen, ...runnersUp].map((it, place) => ({ ...it, place }))}
      idOf={({ place }) => String(place)}
      columns={[
        {
          id: 'platform',
          title: t('request.platform'),
          cell: (it) => (
            <Flex gap={8} wrap>
              {it.platformName || t('placement.gone')}
              {it.place === 0 && <Tag color="success">{t('placement.chosen')}</Tag>}
            </Flex>
          ),
        },
        { id: 'node', title: t('clouds.node'), cell: (it) => it.nodeName },
        { id: 'architecture', title: t('catalogue.architecture'), cell: (it) => it.architecture },
        { id: 'score', title: t('placement.score'), align: 'end', cell: (it) => percent(it.score) },
        {
          id: 'scores',
          title: t('placement.scores'),
          cell: (it) =>
            joined(
              it.scores.map(({ message, score }) => `${message} ${percent(score)}`),
              ' · ',
            ),
        },
      ]}
    />
  )
}

const Line = ({ of }: { readonly of: LinePlacement }) => {
  const { t } = useTranslation()
  return (
    <li className={styles.line}>
      <Flex gap={8} align="center" wrap>
        <strong>{of.lineName}</strong>
        {of.quantity > 1 && <span>×{of.quantity}</span>}
        <Tag>{t(of.decided ? 'placement.decided' : 'placement.wouldBe')}</Tag>
      </Flex>
      {of.chosen === null && <Typography.Text type="danger">{t('placement.nowhere')}</Typography.Text>}
      <Candidates of={of} />
      {of.rejections.length > 0 && (
        <div>
          <Typography.Text type="secondary">{t('placement.whyNot', { count: of.considered })}</Typography.Text>
          <ul className={styles.reasons}>
            {of.rejections.map((it) => (
              <li key={JSON.stringify([it.code, it.parameters])}>
                {t('placement.reason', { reason: it.message, count: it.pools })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  )
}

const Explained = ({ requestId }: { readonly requestId: string }) => {
  const { t } = useTranslation()
  const asked = useAnswer(placementExplain, { params: { requestId } })
  return (
    <Section title={t('placement.title')}>
      <Asked of={asked}>
        {({ items }) => (
          <ul className={styles.lines}>
            {items.map((it) => (
              <Line key={it.lineId} of={it} />
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

/** Nobody asks any more where these would have gone. */
const over: ReadonlySet<ServiceRequest['state']> = new Set(['discarded', 'rejected'])

/** Why the servers of a request go where they go, and why not elsewhere; nothing where it asks for none. */
export const RequestPlacements = ({ request }: { readonly request: ServiceRequest }) => {
  const isAsked = useMay()(placementExplain) && request.kind === 'open' && !over.has(request.state)
  return isAsked ? <Explained requestId={request.id} /> : null
}
