import { operationGet } from '@yiduo/contract'
import { Flex, Progress, Tag, Typography } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { useTranslation } from '../i18n/index.ts'
import { FaultNote } from '../ui/fault-note.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { tagColours, toneOf } from '../ui/tone.ts'
import { useStepWord } from './step-word.ts'

const unfinished: readonly string[] = ['queued', 'running', 'undoing']
/** Events tell of its steps; this is for a stream that was cut. */
const refetchMs = 5_000

/** One operation: how far it is, its steps with what they are doing, and what went wrong. */
export const OperationProgress = ({ id, quiet = false }: { readonly id: string; readonly quiet?: boolean }) => {
  const { t } = useTranslation()
  const words = useStepWord()
  const { data: it } = useAnswer(operationGet, { params: { operationId: id } }, quiet ? {} : { refetchMs })
  if (!it || (quiet && it.state === 'succeeded')) return null
  const isUnfinished = unfinished.includes(it.state)
  return (
    <Flex vertical gap={6}>
      <Flex gap={8} align="center" wrap>
        <strong>{words.saga(it.saga)}</strong>
        <StateTag of="operationState" state={it.state} />
      </Flex>
      {isUnfinished && (
        <Progress
          percent={it.progressPercent}
          size="small"
          aria-label={`${words.saga(it.saga)} ${it.progressPercent}%`}
        />
      )}
      <Flex gap={4} wrap>
        {it.steps.map((step) => (
          <Tag key={step.name} color={tagColours[toneOf(step.state)]} variant="filled">
            {words.step(step.name)}
            {step.attempts > 1 && ` · ${t('changes.attempts', { count: step.attempts })}`}
          </Tag>
        ))}
      </Flex>
      {it.steps.map(
        (step) =>
          step.remadeFor && (
            <Typography.Text key={step.name} type="secondary">
              {words.step(step.name)}: {step.remadeFor.message}
            </Typography.Text>
          ),
      )}
      {it.fault && <FaultNote fault={it.fault} />}
    </Flex>
  )
}
