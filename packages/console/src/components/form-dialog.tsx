import { useQueryClient } from '@tanstack/react-query'
import type { AnswerOf, CallOf, OperationSpec } from '@yiduo/contract'
import { App, Button, type ButtonProps, Form, Modal } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useAct } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { focusFirstField } from '../ui/first-field.ts'
import { ProblemNote } from '../ui/problem.tsx'
import { isStale, StaleNote } from './stale-note.tsx'

interface FormDialogProps<S extends OperationSpec, V extends object> {
  readonly operation: S
  readonly title: string
  readonly callOf: (values: V) => CallOf<S>
  readonly initial?: Partial<V>
  /** What is edited, with its revision where it has one: what others make of it meanwhile is told, never overwritten. */
  readonly edits?: { readonly name: string; readonly revision?: number }
  /** `Form.Item`s of the values. */
  readonly children: ReactNode
  readonly width?: number
  readonly onDone?: (answer: AnswerOf<S>) => void
}

/** What the form began with, against what the thing is now. */
const useBeginning = (
  { initial, edits }: Pick<FormDialogProps<never, object>, 'initial' | 'edits'>,
  error: unknown,
) => {
  const queries = useQueryClient()
  const now = { told: JSON.stringify([initial, edits?.revision]), revision: edits?.revision }
  const [begun, setBegun] = useState(now)
  const isNewer = edits !== undefined && begun.told !== now.told
  const refused = isStale(error)
  useEffect(() => {
    if (refused) void queries.invalidateQueries()
  }, [refused, queries])
  return { revision: begun.revision, isNewer, stale: isNewer || refused, beginAgain: () => setBegun(now) }
}

/** A small form over the page; a refusal stands where it was asked, and nothing that was typed is lost. */
const FormDialog = <S extends OperationSpec, V extends object>(
  props: FormDialogProps<S, V> & { readonly onClose: () => void },
) => {
  const { operation, title, callOf, initial, edits, children, width = 520, onDone, onClose } = props
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
  const { revision, isNewer, stale, beginAgain } = useBeginning({ initial, edits }, act.error)
  const loadLatest = () => {
    act.reset()
    beginAgain()
    form.resetFields()
  }
  return (
    <Modal
      open
      title={title}
      okText={t('states.save')}
      cancelText={t('states.cancel')}
      okButtonProps={{ loading: act.isPending, disabled: stale }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={width}
      afterOpenChange={focusFirstField}
      mask={{ closable: false }}
    >
      {stale && !act.isSuccess && <StaleNote name={edits?.name ?? title} ready={isNewer} onLoad={loadLatest} />}
      <Form<V>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={(values) => act.mutate({ ...callOf(values), revision })}
      >
        {children}
      </Form>
      {!isStale(act.error) && <ProblemNote error={act.error} />}
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
