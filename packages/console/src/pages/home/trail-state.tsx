import { Link } from '@tanstack/react-router'
import { auditState } from '@yiduo/contract'
import { Alert, Badge } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import styles from './home.module.css'

/** Whether the audit trail is as it was written, and how far a seal stands over it. */
export const TrailState = () => {
  const { t } = useTranslation()
  const word = useWord()
  const { number } = useFormats()
  const asked = useAnswer(auditState, {})
  const chain = (
    <Link to={paths.audit()} search={{ tab: 'chain' }}>
      {t('trail.tabs.chain')}
    </Link>
  )
  return (
    <Section title={t('pages.audit')} extra={chain}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ position, waiting, verification }) => (
          <>
            {verification?.problem && (
              <Alert
                type="error"
                showIcon
                title={t('trail.broken', { what: word('auditProblem', verification.problem.kind) })}
                description={t('trail.brokenHint')}
              />
            )}
            <ul className={styles.rows}>
              <li>
                <span>{t('trail.sealedUpTo')}</span>
                <span>{t('trail.sealedUpToValue', { position: number(position) })}</span>
              </li>
              <li>
                <span>{t('trail.waiting')}</span>
                <span>{t('trail.count', { count: waiting })}</span>
              </li>
              <li>
                <span>
                  {verification ? (
                    <Badge
                      status={verification.problem ? 'error' : 'success'}
                      text={t(verification.problem ? 'home.notWhole' : 'home.whole')}
                    />
                  ) : (
                    t('home.notVerified')
                  )}
                </span>
                {verification && <Instant at={verification.endedAt} />}
              </li>
            </ul>
          </>
        )}
      </Asked>
    </Section>
  )
}
