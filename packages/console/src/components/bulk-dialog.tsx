import { useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Modal, Progress, Tag, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { focusFirstField } from '../ui/first-field.ts'
import { isTooLong, LimitedTextArea, longestRemark } from '../ui/limited.tsx'
import { useTold } from '../ui/problem.tsx'
import styles from './bulk-dialog.module.css'

export interface BulkItem {
  readonly id: string
  readonly title: string
  /** Why it is left out; absent where it qualifies. */
  readonly unfit?: string
}

type Outcome = { readonly state: 'waiting' | 'running' | 'ok' } | { readonly state: 'failed'; readonly error: unknown }

const waiting: Outcome = { state: 'waiting' }

interface BulkDialogProps {
  readonly act: string
  readonly items: readonly BulkItem[]
  /** Does it to one. */
  readonly run: (id: string, remark: string) => Promise<unknown>
  readonly remark?: boolean
  readonly danger?: boolean
  readonly onClose: () => void
}

const colours = { waiting: 'default', running: 'processing', ok: 'success', failed: 'error' } as const

/** One act on many: what will happen is shown first, then each on its own, and what failed can be tried again alone. */
export const BulkDialog = ({ act, items: chosen, run, remark = false, danger = false, onClose }: BulkDialogProps) => {
  // As they were when this was opened: the lists behind change with every one that is done.
  const [items] = useState(chosen)
  const { t } = useTranslation()
  const told = useTold()
  const queries = useQueryClient()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const stopped = useRef(false)
  // Whoever has left the page sees no more what happens, and whoever has logged in since is somebody else.
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
    }
  }, [])
  const fit = items.filter((it) => it.unfit === undefined)
  const stateOf = (id: string): Outcome => outcomes.get(id) ?? waiting
  const done = fit.filter((it) => stateOf(it.id).state === 'ok').length
  const failed = fit.filter((it) => stateOf(it.id).state === 'failed')
  const begun = outcomes.size > 0
  const note = (id: string, outcome: Outcome) => setOutcomes((before) => new Map(before).set(id, outcome))

  const runAll = async (wanted: readonly BulkItem[]) => {
    setBusy(true)
    stopped.current = false
    for (const { id } of wanted) {
      if (stopped.current) break
      note(id, { state: 'running' })
      try {
        await run(id, words.trim())
        note(id, { state: 'ok' })
      } catch (error) {
        note(id, { state: 'failed', error })
      }
    }
    setBusy(false)
    await queries.invalidateQueries()
  }
  const footer = busy ? (
    <Button
      onClick={() => {
        stopped.current = true
      }}
    >
      {t('states.bulk.stop')}
    </Button>
  ) : (
    <Flex gap={8} justify="end">
      <Button onClick={onClose}>{t(begun ? 'states.close' : 'states.cancel')}</Button>
      {failed.length > 0 && (
        <Button onClick={() => void runAll(failed)}>{t('states.bulk.retryFailed', { count: failed.length })}</Button>
      )}
      {!begun && (
        <Button
          type="primary"
          danger={danger}
          disabled={fit.length === 0 || isTooLong(words.trim(), longestRemark)}
          onClick={() => void runAll(fit)}
        >
          {t('states.bulk.run')}
        </Button>
      )}
    </Flex>
  )
  return (
    <Modal
      open
      title={act}
      footer={footer}
      onCancel={onClose}
      afterOpenChange={focusFirstField}
      closable={!busy}
      mask={{ closable: false }}
      keyboard={!busy}
    >
      <Typography.Paragraph>
        {t('states.bulk.preview', { count: fit.length, act })}
        {fit.length < items.length && ` ${t('states.bulk.skipped', { count: items.length - fit.length })}`}
      </Typography.Paragraph>
      {remark && !begun && (
        <LimitedTextArea
          aria-label={t('states.remark')}
          placeholder={t('states.remark')}
          longest={longestRemark}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {begun && (
        <Progress
          percent={Math.round((100 * (done + failed.length)) / Math.max(1, fit.length))}
          aria-label={t('states.bulk.progress', { done, count: fit.length })}
        />
      )}
      <ul className={styles.items}>
        {items.map((it) => {
          const outcome = stateOf(it.id)
          return (
            <li key={it.id}>
              <span>{it.title}</span>
              {it.unfit === undefined ? (
                <Tag color={colours[outcome.state]}>{t(`states.bulk.${outcome.state}`)}</Tag>
              ) : (
                <Typography.Text type="secondary">{it.unfit}</Typography.Text>
              )}
              {outcome.state === 'failed' && <small>{told(outcome.error).title}</small>}
            </li>
          )
        })}
      </ul>
    </Modal>
  )
}
