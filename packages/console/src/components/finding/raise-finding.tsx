import { type FindingSeverity, findingRaise, findingSeverities } from '@yiduo/contract'
import { type ButtonProps, Form } from 'antd'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { FormButton } from '../form-dialog.tsx'
import { ChoiceItem, TextItem, WordsItem } from '../form-items.tsx'
import { SubjectSelect } from './subject-select.tsx'

interface Values {
  readonly subject?: string
  readonly title: string
  readonly severity: FindingSeverity
  readonly detail: string
}

const longestDetail = 4_000

/** Says that something about a thing is not safe; on that thing's own page it is known which. */
export const RaiseFinding = ({
  subject,
  button,
}: {
  readonly subject?: string
  readonly button?: Pick<ButtonProps, 'type'>
}) => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <FormButton<typeof findingRaise, Values>
      operation={findingRaise}
      label={t('findings.raise')}
      {...(button ? { button } : {})}
      initial={{ severity: 'medium' }}
      callOf={(values) => ({ body: { ...values, subject: subject ?? values.subject ?? '' } })}
    >
      {subject === undefined && (
        <Form.Item
          name="subject"
          label={t('findings.subject')}
          rules={[{ required: true, message: t('states.required') }]}
        >
          <SubjectSelect />
        </Form.Item>
      )}
      <TextItem name="title" label={t('findings.title')} />
      <ChoiceItem
        name="severity"
        label={t('findings.severity')}
        options={findingSeverities.map((it) => ({ value: it, label: word('findingSeverity', it) }))}
      />
      <WordsItem name="detail" label={t('findings.detail')} maxLength={longestDetail} />
    </FormButton>
  )
}
