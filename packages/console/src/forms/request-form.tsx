import type { ServiceRequest, Template } from '@yiduo/contract'
import { Alert, Button, Flex, Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { usePlans } from '../components/names.tsx'
import { isStale } from '../components/stale-note.tsx'
import { SystemSelect } from '../components/system-select.tsx'
import { useTranslation } from '../i18n/index.ts'
import { now } from '../now.ts'
import { dayOf } from '../ui/day.ts'
import { Section } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { Field } from './field.tsx'
import { LineFields } from './line-fields.tsx'
import { askOf, emptyLine, nextKey, type RequestDraft, wantedOf } from './request-draft.ts'
import styles from './request-form.module.css'
import { RequestQuotePanel, useQuote } from './request-quote.tsx'
import { SystemCreateButton } from './system-create.tsx'
import { TemplateFields } from './template-fields.tsx'

type Ask = NonNullable<ReturnType<typeof askOf>>

interface RequestFormProps {
  readonly draft: RequestDraft
  readonly onChange: (draft: RequestDraft) => void
  readonly template?: Template
  readonly busy: boolean
  readonly error: Error | null
  readonly onSave: (ask: Ask) => void
  /** With the price a month that was shown; absent where it was sent before one was. */
  readonly onSend: (ask: Ask, shownPriceYuanE4?: number) => void
  /** Above the form: what was restored, what is stale. */
  readonly notes?: ReactNode
  readonly request?: ServiceRequest
}

const Lines = ({
  draft,
  tried,
  onChange,
}: {
  readonly draft: RequestDraft
  readonly tried: boolean
  readonly onChange: (draft: RequestDraft) => void
}) => {
  const { t } = useTranslation()
  const { lines } = draft
  return (
    <Section title={t('request.lines')}>
      {lines.map((line, index) => (
        <LineFields
          key={line.key}
          line={line}
          index={index}
          tried={tried}
          onChange={(next) => onChange({ ...draft, lines: lines.map((it) => (it.key === line.key ? next : it)) })}
          {...(lines.length > 1
            ? { onRemove: () => onChange({ ...draft, lines: lines.filter((it) => it.key !== line.key) }) }
            : {})}
        />
      ))}
      <Button type="dashed" block onClick={() => onChange({ ...draft, lines: [...lines, emptyLine(nextKey(lines))] })}>
        {t('form.addLine')}
      </Button>
    </Section>
  )
}

/** A request in one page: for which system, what, until when; beside it what that costs and what quota is left. */
export const RequestForm = (props: RequestFormProps) => {
  const { draft, onChange, template, busy, error, onSave, onSend, notes, request } = props
  const { t } = useTranslation()
  const plans = usePlans()
  const quote = useQuote(draft)
  const [tried, setTried] = useState(false)
  const ask = askOf(draft)
  const refused = quote.isComplete && (quote.data?.refusals.length ?? 0) > 0
  const wanted = wantedOf(draft, (planId) => plans.get(planId)?.plan, template)
  const attempt = (then: (complete: Ask) => void) => {
    setTried(true)
    if (ask) then(ask)
  }
  return (
    <Form
      layout="vertical"
      onFinish={() => attempt((complete) => onSend(complete, quote.shownPriceYuanE4))}
      className={styles.form}
    >
      <div>
        {notes}
        <Section title={t('form.whatFor')}>
          <Field id="request-system" label={t('requests.system')} required missing={tried && draft.systemId === null}>
            <Flex gap={8} wrap>
              <div className={styles.system}>
                <SystemSelect
                  id="request-system"
                  label={t('form.chooseSystem')}
                  value={draft.systemId ?? undefined}
                  onChange={(systemId) => onChange({ ...draft, systemId: systemId ?? null })}
                />
              </div>
              <SystemCreateButton onDone={(system) => onChange({ ...draft, systemId: system.id })} />
            </Flex>
          </Field>
          <Field id="request-end" label={t('request.lastDay')} extra={t('form.lastDayHint')}>
            <Input
              id="request-end"
              type="date"
              min={dayOf(now())}
              style={{ maxWidth: 220 }}
              value={draft.lastDay}
              onChange={(event) => onChange({ ...draft, lastDay: event.target.value })}
            />
          </Field>
        </Section>
        {draft.templateId === null ? (
          <Lines draft={draft} tried={tried} onChange={onChange} />
        ) : (
          template && (
            <Section title={template.name}>
              <TemplateFields template={template} draft={draft} onChange={onChange} />
            </Section>
          )
        )}
      </div>
      <div className={styles.aside}>
        <Section title={t('form.summary')}>
          <RequestQuotePanel draft={draft} quote={quote} wanted={wanted} />
          <Flex vertical gap={8} style={{ marginTop: 16 }}>
            {tried && ask === null && <Alert type="error" showIcon title={t('form.missing')} />}
            <ProblemNote error={isStale(error) ? null : error} />
            <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={refused} block>
              {t('form.send')}
            </Button>
            <Button block disabled={busy} onClick={() => attempt(onSave)}>
              {t(request ? 'form.saveEdit' : 'form.save')}
            </Button>
          </Flex>
        </Section>
      </div>
    </Form>
  )
}
