import { useParams } from '@tanstack/react-router'
import { type AuditCheckpoint, auditCheckpoints } from '@yiduo/contract'
import { Button } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Outcome } from '../../ui/outcome.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { saveFile } from '../../ui/save-file.ts'
import styles from './checkpoint.module.css'

const Whole = ({ checkpoint }: { readonly checkpoint: AuditCheckpoint }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const save = () =>
    saveFile(`checkpoint-${checkpoint.number}.txt`, new Blob([checkpoint.text], { type: 'text/plain;charset=utf-8' }))
  return (
    <Page
      title={t('trail.of', { number: checkpoint.number })}
      hint={t('trail.keepHint')}
      crumbs={[{ title: t('pages.audit'), to: paths.audit() }]}
      actions={
        <>
          <Button onClick={() => window.print()}>{t('trail.print')}</Button>
          <Button type="primary" onClick={save}>
            {t('trail.save')}
          </Button>
        </>
      }
    >
      <Section title={t('request.overview')}>
        <Facts
          of={[
            { label: t('trail.upTo'), value: t('trail.sealedUpToValue', { position: number(checkpoint.position) }) },
            { label: t('trail.sealedAt'), value: <Instant at={checkpoint.at} /> },
            { label: t('trail.key'), value: t('trail.keyValue', { number: checkpoint.keyNumber }) },
          ]}
        />
      </Section>
      <Section title={t('trail.text')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard (WCAG 2.1.1) */}
        <pre className={styles.text} tabIndex={0}>
          {checkpoint.text}
        </pre>
      </Section>
    </Page>
  )
}

/** One checkpoint, as it is printed and kept where nobody of this installation can reach it. */
export const CheckpointPage = () => {
  const { t } = useTranslation()
  const { number: told = '' } = useParams({ strict: false })
  const number = Number(told)
  const asked = useAnswer(auditCheckpoints, { query: { limit: 1, before: number + 1 } })
  return (
    <Asked of={asked}>
      {({ items: [checkpoint] }) =>
        checkpoint?.number === number ? (
          <Whole checkpoint={checkpoint} />
        ) : (
          <Outcome isPage title={t('states.gone')} hint={t('states.notFoundHint')} />
        )
      }
    </Asked>
  )
}
