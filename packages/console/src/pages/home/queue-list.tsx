import { Link } from '@tanstack/react-router'
import type { Home, VocabularyName } from '@yiduo/contract'
import { Typography } from 'antd'
import { failedStates } from '../../components/request/failed.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Due } from '../../ui/clock.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import styles from './home.module.css'
import { Counted, ItemLink, type Place } from './item.tsx'

type Queue = Home['queues'][number]

/** Where each queue is worked off whole; a queue that has no page of its own leads to its items only. */
const pageOfQueue: Partial<Record<Queue['kind'], Place>> = {
  approval: { to: paths.inbox() },
  collection: { to: paths.collections() },
  test: { to: paths.requests(), search: { state: 'testing' } },
  returned: { to: paths.requests(), search: { state: 'returned' } },
  failed: { to: paths.requests(), search: { state: failedStates.join(',') } },
  advice: { to: paths.advice() },
  statement: { to: paths.statements() },
  'demand-plan': { to: paths.demandPlans() },
  'pending-grant': { to: paths.grants(), search: { pending: 'true' } },
  'due-review': { to: paths.grantReviews(), search: { due: 'true' } },
  'emergency-access': { to: paths.emergencyGrants() },
  'identity-provider': { to: paths.identityProviders() },
  'ending-token': { to: paths.people(), search: { kind: 'service' } },
  finding: { to: paths.findings() },
}

/** What a state is called, where the queue holds things in several. */
const wordsOfState = ({ kind, items }: Queue): VocabularyName | null => {
  if (kind === 'emergency-access') return 'grantState'
  if (kind === 'finding') return 'findingState'
  return kind !== 'approval' && items.some((it) => it.id.startsWith('req_')) ? 'requestState' : null
}

/** One kind of what waits: how many, where they are worked off, and the soonest of them. */
export const QueueList = ({ queue }: { readonly queue: Queue }) => {
  const { t } = useTranslation()
  const word = useWord()
  const page = pageOfQueue[queue.kind]
  const stateWords = wordsOfState(queue)
  return (
    <div className={styles.queue}>
      <h3>
        {word('queueKind', queue.kind)}{' '}
        {page ? (
          <Link to={page.to} search={page.search ?? {}} className={styles.count}>
            <Counted of={queue} />
          </Link>
        ) : (
          <Counted of={queue} />
        )}
      </h3>
      <ul className={styles.rows}>
        {queue.items.map((it) => (
          <li key={it.id}>
            <span>
              <ItemLink id={it.id} name={it.name} otherwise={page} />
              {it.role && <Typography.Text> · {t(`shell.roles.${it.role}`)}</Typography.Text>}
              {it.organisationName && <Typography.Text type="secondary"> · {it.organisationName}</Typography.Text>}
            </span>
            <span>
              {stateWords && <StateTag of={stateWords} state={it.state} />} {it.dueAt && <Due at={it.dueAt} />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
