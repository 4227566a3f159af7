import { ProblemError, UnexpectedAnswerError } from '@yiduo/contract'
import { Alert, Button, Space, Typography } from 'antd'
import type { ReactNode } from 'react'
import { isAway } from '../api/away.ts'
import { useTranslation } from '../i18n/index.ts'
import { Outcome } from './outcome.tsx'

interface Told {
  readonly title: string
  readonly next: string
  readonly detail: string | null
  readonly trace: string | null
}

/** What a browser throws where no key was used: called off, too late, another one (WebAuthn Level 3, §5.1). */
const keyErrors: ReadonlySet<string> = new Set(['NotAllowedError', 'AbortError', 'InvalidStateError', 'SecurityError'])

/** What an error says to a person: what went wrong, what to do, and how others find it. */
export const useTold = (): ((error: unknown) => Told) => {
  const { t } = useTranslation()
  return (error) => {
    if (error instanceof ProblemError) {
      const { detail, next, code, trace, errors, words } = error.problem
      const lines = [...(errors ?? []).map((it) => `${it.pointer} ${it.detail}`), ...(words ? [words] : [])]
      return {
        title: detail,
        next: [next, ...lines].join('\n'),
        detail: t('states.problemCode', { code, trace }),
        trace,
      }
    }
    if (isAway(error))
      return { title: t('states.unreachable'), next: t('states.unreachableHint'), detail: null, trace: null }
    if (error instanceof UnexpectedAnswerError)
      return { title: t('states.unexpected'), next: t('states.unexpectedHint'), detail: error.message, trace: null }
    if (error instanceof Error && keyErrors.has(error.name))
      return { title: t('account.keyNotUsed'), next: t('account.keyNotUsedHint'), detail: null, trace: null }
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { title: t('states.crashed'), next: t('states.crashedHint'), detail: words, trace: null }
  }
}

/** In the place of what could not be shown. */
export const ProblemPanel = ({
  error,
  onRetry,
  extra,
}: {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Another way on, beside trying again. */
  readonly extra?: ReactNode
}) => {
  const { t } = useTranslation()
  const { title, next, detail } = useTold()(error)
  return (
    <Outcome
      title={title}
      hint={next}
      extra={
        <>
          {onRetry && <Button onClick={onRetry}>{t('states.retry')}</Button>}
          {extra}
        </>
      }
    >
      {detail && (
        <Typography.Paragraph type="secondary" copyable style={{ marginBlock: 0, whiteSpace: 'pre-wrap' }}>
          {detail}
        </Typography.Paragraph>
      )}
    </Outcome>
  )
}

/** Beside a form or a button whose act was refused. */
export const ProblemNote = ({ error }: { readonly error: unknown }) => {
  const told = useTold()
  if (!error) return null
  const { title, next, detail } = told(error)
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        <Space orientation="vertical" size={2}>
          <span style={{ whiteSpace: 'pre-line' }}>{next}</span>
          {detail && (
            <Typography.Text type="secondary" copyable style={{ fontSize: 12 }}>
              {detail}
            </Typography.Text>
          )}
        </Space>
      }
    />
  )
}
