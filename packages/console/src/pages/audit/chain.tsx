import { Link } from '@tanstack/react-router'
import {
  type AuditPolicy,
  type AuditState,
  auditCheckpoints,
  auditPolicyGet,
  auditPolicySet,
  auditState,
} from '@yiduo/contract'
import { Alert } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { NumberItem } from '../../components/form-items.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats, useSpan } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Section } from '../../ui/page.tsx'

interface Of {
  readonly state: AuditState
}

/** A batch is sealed each second or so: what stands here grows while one looks. */
const refetchMs = 5_000

const Sealing = ({ state: { position, waiting, checkpoint } }: Of) => {
  const { t } = useTranslation()
  const may = useMay()
  const { number } = useFormats()
  const name = checkpoint && t('trail.of', { number: checkpoint.number })
  return (
    <Section title={t('trail.sealing')}>
      <Facts
        of={[
          { label: t('trail.sealedUpTo'), value: t('trail.sealedUpToValue', { position: number(position) }) },
          { label: t('trail.waiting'), value: t('trail.count', { count: waiting }) },
          {
            label: t('trail.newest'),
            value:
              checkpoint && may(auditCheckpoints) ? (
                <Link to={paths.checkpoint(checkpoint.number)}>{name}</Link>
              ) : (
                (name ?? t('trail.none'))
              ),
          },
          checkpoint && { label: t('trail.sealedAt'), value: <Instant at={checkpoint.at} /> },
          checkpoint && { label: t('trail.key'), value: t('trail.keyValue', { number: checkpoint.keyNumber }) },
        ]}
      />
    </Section>
  )
}

type Verification = NonNullable<AuditState['verification']>

const Broken = ({ problem }: { readonly problem: NonNullable<Verification['problem']> }) => {
  const { t } = useTranslation()
  const word = useWord()
  const where = joined([
    problem.position !== null && t('trail.brokenAt', { position: problem.position }),
    problem.checkpoint !== null && t('trail.brokenCheckpoint', { number: problem.checkpoint }),
    problem.entryId !== null && t('trail.brokenEntry', { id: problem.entryId }),
  ])
  return (
    <Alert
      type="error"
      showIcon
      title={t('trail.broken', { what: word('auditProblem', problem.kind) })}
      description={`${where} ${t('trail.brokenHint')}`}
    />
  )
}

const Verified = ({ state: { verification } }: Of) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const span = useSpan()
  return (
    <Section title={t('trail.verification')}>
      {verification === null ? (
        <Alert type="info" showIcon title={t('trail.notVerified')} />
      ) : (
        <>
          {verification.problem ? (
            <Broken problem={verification.problem} />
          ) : (
            <Alert type="success" showIcon title={t('trail.whole', { entries: number(verification.entries) })} />
          )}
          <br />
          <Facts
            of={[
              { label: t('trail.verifiedAt'), value: <Instant at={verification.endedAt} /> },
              {
                label: t('trail.took'),
                value: span(Date.parse(verification.endedAt) - Date.parse(verification.startedAt)),
              },
            ]}
          />
        </>
      )}
    </Section>
  )
}

/** How long entries are kept; what is over is cut off, and that is an entry. */
const Retention = () => {
  const { t } = useTranslation()
  const asked = useAnswer(auditPolicyGet, {})
  const edit = asked.data && (
    <FormButton<typeof auditPolicySet, AuditPolicy>
      operation={auditPolicySet}
      label={t('trail.edit')}
      button={{ size: 'small' }}
      initial={asked.data}
      edits={{ name: t('trail.retention') }}
      callOf={(body) => ({ body })}
    >
      <NumberItem name="months" label={t('trail.months')} min={6} max={1_200} extra={t('trail.monthsHint')} />
    </FormButton>
  )
  return (
    <Section title={t('trail.retention')} extra={edit}>
      <Asked of={asked} waiting={<Waiting rows={1} />}>
        {({ months }) => (
          <Facts of={[{ label: t('trail.months'), value: t('trail.monthsValue', { count: months }) }]} />
        )}
      </Asked>
    </Section>
  )
}

/** How far the trail is sealed, what the last verification found, and how long it is kept. */
export const Chain = () => {
  const may = useMay()
  const asked = useAnswer(auditState, {}, { refetchMs })
  return (
    <>
      <Asked of={asked}>
        {(state) => (
          <>
            <Sealing state={state} />
            <Verified state={state} />
          </>
        )}
      </Asked>
      {may(auditPolicyGet) && <Retention />}
    </>
  )
}
