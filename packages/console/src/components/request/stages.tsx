import { partyNames, type ServiceRequest } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Due, Instant } from '../../ui/clock.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { OrganisationName } from '../names.tsx'
import styles from './request.module.css'

type Stage = ServiceRequest['stages'][number]

const isOffice = (party: string): party is (typeof partyNames)[number] => partyNames.some((it) => it === party)

const Seat = ({ seat }: { readonly seat: Stage['seats'][number] }) => {
  const { t } = useTranslation()
  return (
    <li>
      <Flex gap={8} wrap align="center">
        {isOffice(seat.party) ? (
          <span>{t(`request.parties.${seat.party}`)}</span>
        ) : (
          <OrganisationName id={seat.organisationId} otherwise={t('request.parties.organisation')} />
        )}
        {seat.verdict ? <StateTag of="verdict" state={seat.verdict} /> : <span>{t('request.undecided')}</span>}
        {seat.by && (
          <Typography.Text type="secondary">
            {seat.by}
            {seat.onBehalfOf && ` ${t('request.onBehalfOf', { name: seat.onBehalfOf })}`}
          </Typography.Text>
        )}
        {seat.decidedAt && <Instant at={seat.decidedAt} />}
      </Flex>
      {seat.remark && <div className={styles.remark}>{seat.remark}</div>}
    </li>
  )
}

/** Who decides, stage by stage; of earlier sendings only what came of them. */
export const RequestStages = ({ request }: { readonly request: Pick<ServiceRequest, 'stages'> }) => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <ol className={styles.stages}>
      {request.stages.map((stage, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stages keep their order, and names repeat from round to round
        <li key={index}>
          <Flex gap={8} wrap align="center">
            <strong>{stage.name}</strong>
            <StateTag of="stageState" state={stage.state} />
            {stage.seats.length > 1 && <Typography.Text type="secondary">{word('needs', stage.needs)}</Typography.Text>}
            {stage.round > 1 && (
              <Typography.Text type="secondary">{t('request.round', { count: stage.round })}</Typography.Text>
            )}
            {stage.state === 'open' && <Due at={stage.dueAt} />}
          </Flex>
          <ul className={styles.seats}>
            {stage.seats.map((seat) => (
              <Seat key={`${seat.party} ${seat.organisationId} ${seat.by}`} seat={seat} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
