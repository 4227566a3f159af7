import { type ServiceRequest, type Step, steps } from '@yiduo/contract'
import { Typography } from 'antd'
import { useTranslation, useWord } from '../i18n/index.ts'
import { Due, useNow } from '../ui/clock.tsx'
import { useSpan } from '../ui/format.ts'
import { requestTones } from '../ui/tone.ts'
import styles from './track.module.css'

type Entry = ServiceRequest['track'][number]
type Mark = 'done' | 'now' | 'failed' | 'ahead'

/** What is tried out stands on the cloud already: its step was passed, but is over only once the test is. */
const markOf = (request: ServiceRequest, step: Step, entries: readonly Entry[]): Mark => {
  if (request.step === step) return requestTones[request.state] === 'bad' ? 'failed' : 'now'
  return entries.length > 0 && steps.indexOf(step) < steps.indexOf(request.step) ? 'done' : 'ahead'
}

/** How long a step has taken: the time of all its entries, the open one until now. */
const spentMs = (entries: readonly Entry[], now: number): number =>
  entries.reduce(
    (sum, it) => sum + (it.endedAt ? new Date(it.endedAt).getTime() : now) - new Date(it.startedAt).getTime(),
    0,
  )

/** The eight steps of a request as one line: what is behind it, where it stands and whose clock runs. */
export const Track = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const word = useWord()
  const span = useSpan()
  const now = useNow()
  return (
    <ol className={styles.track} aria-label={t('requests.track')}>
      {steps.map((step, index) => {
        const entries = request.track.filter((it) => it.step === step)
        const mark = markOf(request, step, entries)
        const open = entries.findLast((it) => it.endedAt === null)
        return (
          <li key={step} data-mark={mark} aria-current={mark === 'now' || mark === 'failed' ? 'step' : undefined}>
            <span className={styles.dot} aria-hidden="true">
              {mark === 'done' ? '✓' : mark === 'failed' ? '!' : index + 1}
            </span>
            <strong>{word('step', step)}</strong>
            {(mark === 'now' || mark === 'failed') && (
              <span className={styles.state}>{word('requestState', request.state)}</span>
            )}
            {mark === 'done' && <Typography.Text type="secondary">{span(spentMs(entries, now))}</Typography.Text>}
            {open?.dueAt && (mark === 'now' || mark === 'failed') && <Due at={open.dueAt} />}
          </li>
        )
      })}
    </ol>
  )
}
