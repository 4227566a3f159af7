import { useNavigate } from '@tanstack/react-router'
import { type Collection, collectionCreate, collectionEdit, inboxList } from '@yiduo/contract'
import { Checkbox, Form, Modal } from 'antd'
import { useState } from 'react'
import { rowsOf, useAct, usePages } from '../../api/answers.ts'
import { isStale } from '../../components/stale-note.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/asked.tsx'
import { Conflict } from '../../ui/conflict.tsx'
import { focusFirstField } from '../../ui/first-field.ts'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { isTooLong, LimitedInput, longestName } from '../../ui/limited.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { ProblemNote } from '../../ui/problem.tsx'
import styles from './collections.module.css'

interface Choice {
  readonly id: string
  readonly title: string
  readonly priceYuanE4: number
}

/** Requests that wait at the bureau, and those the collection has already. */
const useChoices = (collection: Collection | undefined) => {
  const pages = usePages(inboxList, { stateIn: ['collecting'] })
  const own: Choice[] = (collection?.members ?? []).map((it) => ({
    id: it.requestId,
    title: it.organisationName,
    priceYuanE4: it.monthlyPriceYuanE4,
  }))
  const waiting: Choice[] = rowsOf(pages).map((it) => ({
    id: it.id,
    title: joined([it.organisationName, it.systemName, ...it.lines.map((line) => line.name)]),
    priceYuanE4: it.monthlyPriceYuanE4,
  }))
  const ids = new Set(own.map((it) => it.id))
  return { pages, choices: [...own, ...waiting.filter((it) => !ids.has(it.id))] }
}

/** Makes a collection of what waits, or changes what one holds. */
export const Gathering = ({
  collection,
  onClose,
}: {
  readonly collection?: Collection
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const navigate = useNavigate()
  const { pages, choices } = useChoices(collection)
  // As it was when the form was opened; it may be changed by others meanwhile.
  const [revision, setRevision] = useState(collection?.revision)
  const [name, setName] = useState(collection?.name ?? '')
  const [ids, setIds] = useState<readonly string[]>(collection?.members.map((it) => it.requestId) ?? [])
  const onDone = ({ id }: Collection) => {
    onClose()
    void navigate({ to: paths.collection(id) })
  }
  const create = useAct(collectionCreate, { onDone })
  const edit = useAct(collectionEdit, { onDone })
  const act = collection ? edit : create
  const body = { name: name.trim(), requestIds: [...ids] }
  const run = () =>
    collection ? edit.mutate({ params: { collectionId: collection.id }, body, revision }) : create.mutate({ body })
  const membersOf = (requestIds: readonly string[]) =>
    joined(
      requestIds.map((id) => choices.find((it) => it.id === id)?.title ?? id),
      t('approvals.comma'),
    )
  const conflict = [
    { field: t('collections.name'), latest: collection?.name ?? '', own: body.name },
    {
      field: t('collections.members'),
      latest: membersOf(collection?.members.map((it) => it.requestId) ?? []),
      own: membersOf(ids),
    },
  ].filter((it) => it.latest !== it.own)
  const total = choices.filter((it) => ids.includes(it.id)).reduce((sum, it) => sum + it.priceYuanE4, 0)
  return (
    <Modal
      open
      width={640}
      title={t(collection ? 'collections.edit' : 'collections.gather')}
      okText={t('states.save')}
      cancelText={t('states.cancel')}
      okButtonProps={{
        disabled: ids.length === 0 || body.name === '' || isTooLong(body.name, longestName),
        loading: act.isPending,
      }}
      onOk={run}
      onCancel={onClose}
      afterOpenChange={focusFirstField}
      mask={{ closable: false }}
    >
      {collection && collection.revision !== revision && (
        <Conflict
          name={collection.name}
          of={conflict}
          onKeep={() => setRevision(collection.revision)}
          onLoad={() => {
            setRevision(collection.revision)
            setName(collection.name)
            setIds(collection.members.map((it) => it.requestId))
          }}
        />
      )}
      <Form layout="vertical" onFinish={run}>
        <Form.Item label={t('collections.name')} htmlFor="collection-name" required>
          <LimitedInput
            id="collection-name"
            longest={longestName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Form.Item>
      </Form>
      {pages.isPending && <Waiting rows={3} />}
      {pages.data && choices.length === 0 && <Nothing words={t('collections.nothingWaits')} />}
      <Checkbox.Group
        className={styles.choices}
        value={[...ids]}
        onChange={setIds}
        options={choices.map((it) => ({ value: it.id, label: `${it.title} · ${money(it.priceYuanE4)}` }))}
      />
      {ids.length > 0 && (
        <p className={styles.total}>{t('collections.sum', { count: ids.length, price: money(total) })}</p>
      )}
      <ProblemNote error={isStale(act.error) ? null : (act.error ?? pages.error)} />
    </Modal>
  )
}
