import { useNavigate } from '@tanstack/react-router'
import type { CallOf, ChangeQuote, OperationSpec, ServiceRequest } from '@yiduo/contract'
import { Alert, App, Button, type ButtonProps, Flex, Form, Input, Modal, Spin, Typography } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useAct, useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation, useWord } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useDebounced } from '../ui/debounced.ts'
import { FaultNote } from '../ui/fault-note.tsx'
import { focusFirstField } from '../ui/first-field.ts'
import { useFormats } from '../ui/format.ts'
import { ProblemNote } from '../ui/problem.tsx'
import { Losses } from './act-dialog.tsx'

interface ChangeDialogProps<S extends OperationSpec> {
  readonly ask: S
  readonly quote: OperationSpec
  readonly title: string
  /** What to ask for, the confirmation in it; null until enough is filled in. */
  readonly callOf: (confirmation: string) => CallOf<S> | null
  /** The name that is typed again where something will be lost. */
  readonly confirmation?: string
  readonly children?: ReactNode
  /** Stays on the page, where the change can be followed too. */
  readonly stays?: boolean
  readonly onClose: () => void
}

/** What a change would come to: price before and after, who decides, what is lost and what keeps it from being asked. */
const Quoted = ({ quote }: { readonly quote: ChangeQuote }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money, storage } = useFormats()
  const { monthlyPriceYuanE4Before: before, monthlyPriceYuanE4: after } = quote
  return (
    <Flex vertical gap={8}>
      {before !== after && (
        <Typography.Text>
          {t('changes.price')} {money(before)} → <strong>{money(after)}</strong> {t('states.perMonth')}
        </Typography.Text>
      )}
      {quote.refusals.length === 0 && (
        <Typography.Text type="secondary">
          {t(quote.approvedByRule ? 'changes.byRule' : 'changes.byPeople')}
        </Typography.Text>
      )}
      {quote.losses.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('changes.losses')}
          description={
            <Losses
              items={quote.losses.map(
                (it) => `${word('resourceKind', it.kind)} ${it.name}${it.sizeGib ? ` · ${storage(it.sizeGib)}` : ''}`,
              )}
            />
          }
        />
      )}
      {quote.refusals.map((it) => (
        <FaultNote key={it.code + it.message} fault={it} type="warning" />
      ))}
    </Flex>
  )
}

const ChangeDialog = <S extends OperationSpec>(props: ChangeDialogProps<S>) => {
  const { ask, quote, title, callOf, confirmation, children, stays = false, onClose } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const id = useId()
  const [typed, setTyped] = useState('')
  const wanted = useDebounced(callOf(confirmation ?? ''))
  const asked = useAnswer(quote, { ...wanted }, { enabled: wanted !== null, keepPrevious: true })
  const quoted = asked.data as ChangeQuote | undefined // what every quote of a change answers
  const act = useAct(ask, {
    onDone: (answer) => {
      void message.success(`${title} · ${t('changes.asked')}`)
      onClose()
      if (!stays) void navigate({ to: paths.request((answer as ServiceRequest).id) }) // what every change answers
    },
  })
  const loses = confirmation !== undefined && (quoted?.losses.length ?? 0) > 0
  const call = callOf(loses ? typed.trim() : (confirmation ?? ''))
  const blocked = call === null || (loses && typed.trim() !== confirmation) || (quoted?.refusals.length ?? 0) > 0
  const run = () => {
    if (!blocked) act.mutate(call)
  }
  return (
    <Modal
      open
      title={title}
      okText={t('changes.ask')}
      okButtonProps={{ disabled: blocked, danger: loses, loading: act.isPending }}
      cancelText={t('states.cancel')}
      onOk={run}
      onCancel={onClose}
      afterOpenChange={focusFirstField}
      mask={{ closable: false }}
    >
      <Form layout="vertical" onFinish={run}>
        {children}
        {wanted !== null && asked.isPending && !asked.error && <Spin size="small" />}
        {wanted !== null && quoted && <Quoted quote={quoted} />}
        {loses && (
          <Form.Item
            label={t('states.danger.typeName', { name: confirmation })}
            htmlFor={`${id}-name`}
            style={{ marginTop: 12 }}
          >
            <Input
              id={`${id}-name`}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          </Form.Item>
        )}
      </Form>
      <ProblemNote error={act.error ?? (wanted === null ? null : asked.error)} />
    </Modal>
  )
}

/** A button that asks for a change; not there for whoever may not. */
export const ChangeButton = <S extends OperationSpec>({
  button,
  label,
  ...dialog
}: Omit<ChangeDialogProps<S>, 'onClose' | 'title'> & {
  readonly label: string
  readonly button?: Pick<ButtonProps, 'type' | 'danger' | 'disabled' | 'size'>
}) => {
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may(dialog.ask)) return null
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && <ChangeDialog {...dialog} title={label} onClose={() => setOpen(false)} />}
    </>
  )
}
