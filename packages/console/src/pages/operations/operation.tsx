import { Link, useParams } from '@tanstack/react-router'
import { type Operation, operationGet, operationTakeBack } from '@yiduo/contract'
import { Flex, Progress, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useStepWord } from '../../components/step-word.ts'
import { useTranslation } from '../../i18n/index.ts'
import { pathOfId, paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useSpan } from '../../ui/format.ts'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

type Step = Operation['steps'][number]

const Steps = ({ steps }: { readonly steps: readonly Step[] }) => {
  const { t } = useTranslation()
  const { step } = useStepWord()
  const span = useSpan()
  return (
    <PlainTable
      label={t('operations.steps')}
      rows={steps}
      idOf={(it) => it.name}
      columns={[
        { id: 'name', title: t('operations.step'), cell: (it) => step(it.name) },
        {
          id: 'state',
          title: t('requests.state'),
          cell: (it) => <StateTag of="operationStepState" state={it.state} />,
        },
        { id: 'attempts', title: t('operations.attempts'), align: 'end', cell: (it) => it.attempts },
        { id: 'startedAt', title: t('operations.startedAt'), cell: (it) => <Instant at={it.startedAt} /> },
        {
          id: 'took',
          title: t('operations.took'),
          align: 'end',
          cell: (it) => (it.startedAt && it.endedAt ? span(Date.parse(it.endedAt) - Date.parse(it.startedAt)) : '–'),
        },
        {
          id: 'remade',
          title: t('operations.remade'),
          cell: (it) =>
            it.remadeFor ? (
              <>
                {it.remadeFor.message} <Typography.Text type="secondary">{it.remadeFor.words}</Typography.Text>
              </>
            ) : (
              '–'
            ),
        },
      ]}
    />
  )
}

const Whole = ({ operation }: { readonly operation: Operation }) => {
  const { t } = useTranslation()
  const { saga, step } = useStepWord()
  const subjectPath = operation.subject && pathOfId(operation.subject)
  return (
    <Page
      title={saga(operation.saga)}
      tag={<StateTag of="operationState" state={operation.state} />}
      crumbs={[{ title: t('pages.operations'), to: paths.operations() }]}
      actions={
        operation.residue.length > 0 && (
          <ActButton
            operation={operationTakeBack}
            label={t('operations.takeBack')}
            button={{ type: 'primary' }}
            callOf={() => ({ params: { operationId: operation.id } })}
          >
            <Typography.Paragraph>{t('operations.takeBackHint')}</Typography.Paragraph>
          </ActButton>
        )
      }
    >
      <Section title={t('request.overview')}>
        <Flex vertical gap={12}>
          <Progress percent={operation.progressPercent} aria-label={`${operation.progressPercent}%`} />
          <Facts
            of={[
              {
                label: t('operations.subject'),
                value: subjectPath ? <Link to={subjectPath}>{operation.subject}</Link> : (operation.subject ?? '–'),
              },
              { label: t('requests.organisation'), value: <OrganisationName id={operation.organisationId} /> },
              { label: t('operations.startedAt'), value: <Instant at={operation.createdAt} /> },
              { label: t('operations.endedAt'), value: <Instant at={operation.endedAt} /> },
            ]}
          />
          {operation.fault && <FaultNote fault={operation.fault} />}
        </Flex>
      </Section>
      {operation.residue.length > 0 && (
        <Section title={t('operations.residueTitle')}>
          <PlainTable
            label={t('operations.residueTitle')}
            rows={operation.residue}
            idOf={(it) => `${it.step} ${it.words}`}
            columns={[
              { id: 'step', title: t('operations.step'), cell: (it) => step(it.step) },
              { id: 'words', title: t('operations.words'), cell: (it) => it.words },
            ]}
          />
        </Section>
      )}
      <Section title={t('operations.steps')}>
        <Steps steps={operation.steps} />
      </Section>
    </Page>
  )
}

const unfinished: readonly string[] = ['queued', 'running', 'undoing']
/** Events tell of its steps; this is for a stream that was cut. */
const refetchMs = 10_000

export const OperationPage = () => {
  const { operationId = '' } = useParams({ strict: false })
  const call = { params: { operationId } }
  const asked = useAnswer(operationGet, call)
  const isRunning = asked.data !== undefined && unfinished.includes(asked.data.state)
  useAnswer(operationGet, call, isRunning ? { refetchMs } : {})
  return <Asked of={asked}>{(operation) => <Whole operation={operation} />}</Asked>
}
