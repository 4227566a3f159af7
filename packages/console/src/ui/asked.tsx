import type { UseQueryResult } from '@tanstack/react-query'
import { ProblemError } from '@yiduo/contract'
import { Button, Result, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { ProblemPanel } from './problem.tsx'

const Absent = () => {
  const { t } = useTranslation()
  return (
    <Result
      status="404"
      title={t('states.gone')}
      subTitle={t('states.notFoundHint')}
      extra={<Button onClick={() => history.back()}>{t('states.back')}</Button>}
    />
  )
}

const Forbidden = ({ error }: { readonly error: ProblemError }) => (
  <Result status="403" title={error.problem.detail} subTitle={error.problem.next} />
)

export const Waiting = ({ rows = 6 }: { readonly rows?: number }) => {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('states.loading')} style={{ padding: 16 }}>
      <Skeleton active paragraph={{ rows }} />
    </div>
  )
}

/**
 * One answer in each of its states: waiting, there, gone, forbidden, failed. What was there stays to be seen while it
 * is asked for again, also when that fails for now.
 */
export const Asked = <T,>({
  of,
  children,
  waiting = <Waiting />,
}: {
  readonly of: UseQueryResult<T>
  readonly children: (answer: T) => ReactNode
  readonly waiting?: ReactNode
}) => {
  const { error, data } = of
  if (error instanceof ProblemError && error.problem.status === 404) return <Absent />
  if (error instanceof ProblemError && error.problem.status === 403) return <Forbidden error={error} />
  if (data !== undefined) return children(data)
  if (error) return <ProblemPanel error={error} onRetry={() => void of.refetch()} />
  return waiting
}
