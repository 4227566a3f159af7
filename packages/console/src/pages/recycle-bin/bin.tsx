import { type InboxItem, inboxList, requestGet, requestPurge, requestPurgeQuote, requestRestore } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { ActButton, Losses } from '../../components/act-dialog.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Due } from '../../ui/clock.tsx'
import { joined } from '../../ui/joined.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

/** What will be gone for good, asked for when the dialog opens. */
const PurgeLosses = ({ requestId }: { readonly requestId: string }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { data } = useAnswer(requestPurgeQuote, { params: { requestId } })
  return (
    <>
      <Typography.Paragraph>{t('request.purgeHint')}</Typography.Paragraph>
      {data && <Losses items={data.losses.map((it) => `${word('resourceKind', it.kind)} ${it.name}`)} />}
    </>
  )
}

/** When it is wiped by itself; the list does not bring it. */
const Purge = ({ requestId }: { readonly requestId: string }) => {
  const { data } = useAnswer(requestGet, { params: { requestId } })
  return <Due at={data?.purgeAt ?? null} />
}

const Acts = ({ item }: { readonly item: InboxItem }) => {
  const { t } = useTranslation()
  const params = { requestId: item.id }
  return (
    <Flex gap={8}>
      <ActButton
        operation={requestRestore}
        label={t('request.restore')}
        button={{ size: 'small' }}
        callOf={() => ({ params, body: {} })}
      >
        <Typography.Paragraph>{t('request.restoreHint')}</Typography.Paragraph>
      </ActButton>
      <ActButton
        operation={requestPurge}
        label={t('request.purge')}
        danger
        button={{ size: 'small', danger: true }}
        remark="optional"
        confirmation={item.systemName}
        callOf={(remark) => ({ params, body: { confirmation: item.systemName, remark } })}
      >
        <PurgeLosses requestId={item.id} />
      </ActButton>
    </Flex>
  )
}

/** What is stopped and kept until its time is over. */
export const Bin = () => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const pages = usePages(inboxList, { state: 'recycled', kind: 'open' })
  const columns = useMemo(
    (): readonly TableColumn<InboxItem>[] => [
      column.link(
        'system',
        t('requests.system'),
        180,
        { name: (it) => it.systemName, to: (it) => paths.request(it.id) },
        { grow: 1 },
      ),
      column.text('organisation', t('requests.organisation'), 160, (it) => it.organisationName, { grow: 1 }),
      column.text(
        'what',
        t('requests.what'),
        180,
        (it) =>
          joined(
            it.lines.map((line) => line.name),
            ' ',
          ),
        { grow: 1 },
      ),
      column.money('price', t('requests.price'), 120, (it) => it.monthlyPriceYuanE4),
      column.instant('since', t('recycleBin.since'), 160, (it) => it.updatedAt, { hidden: true }),
      {
        id: 'purgeAt',
        title: t('request.purgeAt'),
        width: 150,
        cell: (it) => <Purge requestId={it.id} />,
        value: () => null,
      },
      { id: 'acts', title: t('recycleBin.acts'), width: 190, cell: (it) => <Acts item={it} />, value: () => null },
    ],
    [t, column],
  )
  return (
    <List
      id="recycle-bin"
      label={t('pages.recycleBin')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('recycleBin.empty') }}
    />
  )
}
