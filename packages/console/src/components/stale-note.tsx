import { ProblemError } from '@yiduo/contract'
import { Alert, Button } from 'antd'
import { useTranslation } from '../i18n/index.ts'

/** Whether an edit was refused because somebody else's came before it. */
export const isStale = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'revision-stale'

/** Somebody's newer words are shown before ours can take their place; nothing is overwritten unseen. */
export const StaleNote = ({
  name,
  onLoad,
  ready = true,
}: {
  readonly name: string
  readonly onLoad: () => void
  /** Whether the newer words are there already. */
  readonly ready?: boolean
}) => {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('states.stale', { name })}
      description={t('states.staleHint')}
      action={
        <Button size="small" loading={!ready} onClick={onLoad}>
          {t('states.staleLoad')}
        </Button>
      }
    />
  )
}
