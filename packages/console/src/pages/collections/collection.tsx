import { useParams } from '@tanstack/react-router'
import {
  type Collection,
  collectionApprove,
  collectionDiscard,
  collectionEdit,
  collectionGet,
  collectionReject,
  collectionReturn,
  collectionSubmit,
} from '@yiduo/contract'
import { Button, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { RequestStages } from '../../components/request/stages.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Due, Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Gathering } from './gathering.tsx'
import { Members } from './members.tsx'

/** The bureau's: until the city has it. */
const OwnActs = ({ collection }: { readonly collection: Collection }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [edits, setEdits] = useState(false)
  const params = { collectionId: collection.id }
  return (
    <>
      {may(collectionEdit) && <Button onClick={() => setEdits(true)}>{t('collections.edit')}</Button>}
      <ActButton
        operation={collectionDiscard}
        label={t('collections.discard')}
        danger
        button={{ danger: true }}
        remark="optional"
        callOf={(remark) => ({ params, body: { remark } })}
      >
        <Typography.Paragraph>{t('collections.discardHint')}</Typography.Paragraph>
      </ActButton>
      <ActButton
        operation={collectionSubmit}
        label={t('collections.submit')}
        button={{ type: 'primary' }}
        remark="optional"
        callOf={(remark) => ({ params, body: { remark } })}
      >
        <Typography.Paragraph>{t('collections.submitHint', { count: collection.members.length })}</Typography.Paragraph>
      </ActButton>
      {edits && <Gathering collection={collection} onClose={() => setEdits(false)} />}
    </>
  )
}

/** The city's: the whole of it, or all but some lines. */
const CityActs = ({ collection, except }: { readonly collection: Collection; readonly except: readonly string[] }) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const params = { collectionId: collection.id }
  return (
    <>
      <ActButton
        operation={collectionReject}
        label={t('request.reject')}
        danger
        button={{ danger: true }}
        remark="required"
        callOf={(remark) => ({ params, body: { remark } })}
      />
      <ActButton
        operation={collectionReturn}
        label={t('request.return')}
        remark="required"
        callOf={(remark) => ({ params, body: { remark } })}
      />
      <ActButton
        operation={collectionApprove}
        label={t(except.length > 0 ? 'collections.approvePart' : 'collections.approveAll')}
        button={{ type: 'primary' }}
        remark={except.length > 0 ? 'required' : 'optional'}
        callOf={(remark) => ({
          params,
          body: { remark, ...(except.length > 0 ? { exceptLineIds: [...except] } : {}) },
        })}
      >
        <Typography.Paragraph>
          {except.length > 0
            ? t('collections.approvePartHint', { count: except.length })
            : t('request.approveHint', { price: money(collection.monthlyPriceYuanE4) })}
        </Typography.Paragraph>
      </ActButton>
    </>
  )
}

interface Choice {
  readonly revision: number
  readonly except: readonly string[]
}

const Whole = ({ collection }: { readonly collection: Collection }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { money } = useFormats()
  // Chosen among the lines of one revision; of another one the choice begins anew.
  const [choice, setChoice] = useState<Choice>({ revision: collection.revision, except: [] })
  const except = choice.revision === collection.revision ? choice.except : []
  const setExcept = (lineIds: readonly string[]) => setChoice({ revision: collection.revision, except: lineIds })
  const isOwn = collection.state === 'draft' || collection.state === 'returned'
  const isCitys = collection.state === 'submitted'
  const decides = isCitys && may(collectionApprove)
  return (
    <Page
      title={collection.name}
      tag={<StateTag of="collectionState" state={collection.state} />}
      crumbs={[{ title: t('pages.collections'), to: paths.collections() }]}
      actions={
        <>
          {isOwn && <OwnActs collection={collection} />}
          {isCitys && <CityActs collection={collection} except={except} />}
        </>
      }
    >
      <Section title={t('request.overview')}>
        <Facts
          of={[
            { label: t('requests.price'), value: <strong>{money(collection.monthlyPriceYuanE4)}</strong> },
            { label: t('collections.bureau'), value: collection.bureauOrganisationName },
            { label: t('collections.operator'), value: collection.operatorOrganisationName },
            { label: t('collections.due'), value: <Due at={collection.dueAt} /> },
            { label: t('requests.createdAt'), value: <Instant at={collection.createdAt} /> },
          ]}
        />
      </Section>
      <Section title={t('collections.members')}>
        {decides && <Typography.Paragraph type="secondary">{t('collections.byLineHint')}</Typography.Paragraph>}
        <Members members={collection.members} {...(decides ? { except, onExcept: setExcept } : {})} />
      </Section>
      {collection.stages.length > 0 && (
        <Section title={t('request.stages')}>
          <RequestStages request={collection} />
        </Section>
      )}
    </Page>
  )
}

export const CollectionPage = () => {
  const { collectionId = '' } = useParams({ strict: false })
  const asked = useAnswer(collectionGet, { params: { collectionId } })
  return <Asked of={asked}>{(collection) => <Whole key={collection.id} collection={collection} />}</Asked>
}
