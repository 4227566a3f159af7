import type { AnswerOf, CallOf, OperationSpec } from '@yiduo/contract'
import { App, Button, type ButtonProps, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { ProblemNote } from '../ui/problem.tsx'

interface FormDialogProps<S extends OperationSpec, V extends object> {
  readonly operation: S
  readonly title: string
  readonly callOf: (values: V) => CallOf<S>
  readonly initial?: Partial<V>
  /** `Form.Item`s of the values. */
  readonly children: ReactNode
  readonly onDone?: (answer: AnswerOf<S>) => void
}

/** A small form over the page; a refusal stands where it was asked, and nothing that was typed is lost. */
const FormDialog = <S extends OperationSpec, V extends object>(
  props: FormDialogProps<S, V> & { readonly onClose: () => void },
) => {
  const { operation, title, callOf, initial, children, onDone, onClose } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<V>()
  const act = useAct(operation, {
    onDone: (answer) => {
      void message.success(`${title} · ${t('states.done')}`)
      onClose()
      onDone?.(answer)
    },
  })
  return (
    <Modal
      open
      title={title}
      okText={t('states.save')}
      cancelText={t('states.cancel')}
      okButtonProps={{ loading: act.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form<V> form={form} layout="vertical" initialValues={initial} onFinish={(values) => act.mutate(callOf(values))}>
        {children}
      </Form>
      <ProblemNote error={act.error} />
    </Modal>
  )
}

/** A button that opens the form; not there for whoever may not do it. */
export const FormButton = <S extends OperationSpec, V extends object>({
  button,
  label,
  ...dialog
}: Omit<FormDialogProps<S, V>, 'title'> & {
  readonly label: string
  readonly button?: Pick<ButtonProps, 'type' | 'size' | 'disabled'>
}) => {
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may(dialog.operation)) return null
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && <FormDialog {...dialog} title={label} onClose={() => setOpen(false)} />}
    </>
  )
}
