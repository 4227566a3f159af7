import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ProblemError } from '@yiduo/contract'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useContext } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { InSection } from './in-section.ts'
import { Nothing } from './nothing.tsx'
import { Outcome } from './outcome.tsx'
import { ProblemPanel } from './problem.tsx'

/** Of a page, with a way on; a tab that was opened by the link itself has nothing to go back to. */
const AbsentPage = () => {
  const { t } = useTranslation()
  return (
    <Outcome
      isPage
      title={t('states.gone')}
      hint={t('states.notFoundHint')}
      extra={
        <>
          {history.length > 1 && <Button onClick={() => history.back()}>{t('states.back')}</Button>}
          <Link to={paths.home()}>
            <Button type="primary">{t('states.toHome')}</Button>
          </Link>
        </>
      }
    />
  )
}

/** A part of a page says so in its own place, and the rest goes on. */
const Absent = () => {
  const { t } = useTranslation()
  const isPart = useContext(InSection)
  return isPart ? <Nothing words={t('states.gone')} /> : <AbsentPage />
}

const Forbidden = ({ error: { problem } }: { readonly error: ProblemError }) => {
  const isPart = useContext(InSection)
  return isPart ? (
    <Nothing words={`${problem.detail} ${problem.next}`} />
  ) : (
    <Outcome title={problem.detail} hint={problem.next} />
  )
}

/** What is shown is asked for by an address: one that holds no id of its kind leads to nothing, as an unknown one does. */
const isAbsent = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.status === 404 || error.problem.code === 'input-invalid')

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
  if (isAbsent(error)) return <Absent />
  if (error instanceof ProblemError && error.problem.status === 403) return <Forbidden error={error} />
  if (data !== undefined) return children(data)
  if (error) return <ProblemPanel error={error} onRetry={() => void of.refetch()} />
  return waiting
}
