import type { AnswerOf, CallOf, OperationSpec } from '@yiduo/contract'
import { App, Button, type ButtonProps, Form, Input, Modal, Typography } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useAct } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { focusFirstField } from '../ui/first-field.ts'
import { isTooLong, LimitedTextArea, longestRemark } from '../ui/limited.tsx'
import { ProblemNote } from '../ui/problem.tsx'

interface ActDialogProps<S extends OperationSpec> {
  readonly operation: S
  readonly title: string
  readonly callOf: (remark: string) => CallOf<S>
  /** What will happen, or be lost. */
  readonly children?: ReactNode
  /** `required` where the other side is to be told why; absent where no remark is taken. */
  readonly remark?: 'optional' | 'required'
  /** What has to be typed before it is done: for what cannot be undone. */
  readonly confirmation?: string
  readonly danger?: boolean
  /** Whether what else has to be chosen is. */
  readonly ready?: boolean
  readonly onDone?: (answer: AnswerOf<S>) => void
  readonly onClose: () => void
}

/** One act on one thing: says what will happen, takes a remark, shows a refusal where it was asked. */
export const ActDialog = <S extends OperationSpec>(props: ActDialogProps<S>) => {
  const {
    operation,
    title,
    callOf,
    children,
    remark,
    confirmation,
    danger = false,
    ready = true,
    onDone,
    onClose,
  } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const id = useId()
  const [words, setWords] = useState('')
  const [typed, setTyped] = useState('')
  const act = useAct(operation, {
    onDone: (answer) => {
      void message.success(`${title} · ${t('states.done')}`)
      onClose()
      onDone?.(answer)
    },
  })
  const lacksRemark = remark === 'required' && words.trim() === ''
  const lacksName = confirmation !== undefined && typed.trim() !== confirmation
  const blocked = !ready || lacksRemark || lacksName || isTooLong(words.trim(), longestRemark)
  const run = () => {
    if (!blocked) act.mutate(callOf(words.trim()))
  }
  return (
    <Modal
      open
      title={title}
      okText={title}
      okButtonProps={{ danger, disabled: blocked, loading: act.isPending }}
      cancelText={t('states.cancel')}
      onOk={run}
      onCancel={onClose}
      afterOpenChange={focusFirstField}
      mask={{ closable: false }}
    >
      {children}
      <Form layout="vertical" onFinish={run}>
        {remark && (
          <Form.Item
            label={t(remark === 'required' ? 'states.remarkRequired' : 'states.remark')}
            htmlFor={`${id}-remark`}
            required={remark === 'required'}
          >
            <LimitedTextArea
              id={`${id}-remark`}
              autoSize={{ minRows: 2, maxRows: 8 }}
              longest={longestRemark}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
              }}
            />
          </Form.Item>
        )}
        {confirmation !== undefined && (
          <Form.Item label={t('states.danger.typeName', { name: confirmation })} htmlFor={`${id}-name`}>
            <Input
              id={`${id}-name`}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          </Form.Item>
        )}
      </Form>
      <ProblemNote error={act.error} />
    </Modal>
  )
}

/** A button that opens the dialog; not there for whoever may not do it. */
export const ActButton = <S extends OperationSpec>({
  button,
  label,
  ...dialog
}: Omit<ActDialogProps<S>, 'onClose' | 'title'> & {
  readonly label: string
  readonly button?: Pick<ButtonProps, 'type' | 'danger' | 'disabled' | 'size' | 'icon'>
}) => {
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may(dialog.operation)) return null
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && <ActDialog {...dialog} title={label} onClose={() => setOpen(false)} />}
    </>
  )
}

/** What is lost, item by item, above a confirmation. */
export const Losses = ({ items }: { readonly items: readonly string[] }) => (
  <Typography.Paragraph>
    <ul>
      {items.map((it) => (
        <li key={it}>{it}</li>
      ))}
    </ul>
  </Typography.Paragraph>
)
