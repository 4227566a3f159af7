import { Link, useParams } from '@tanstack/react-router'
import { requestEdit, requestGet, type ServiceRequest } from '@yiduo/contract'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { isStale } from '../../components/stale-note.tsx'
import { useDraftConflict } from '../../forms/draft-conflict.ts'
import { useKeptDraft } from '../../forms/kept-draft.ts'
import { draftOf, isDraft, type RequestDraft } from '../../forms/request-draft.ts'
import { RequestForm } from '../../forms/request-form.tsx'
import { useSendSaved } from '../../forms/send-request.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Conflict } from '../../ui/conflict.tsx'
import { joined } from '../../ui/joined.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'

/** What is being rewritten, and which revision was read when that began. */
interface Edit {
  readonly revision: number
  readonly draft: RequestDraft
}

const isEdit = (it: unknown): it is Edit =>
  typeof it === 'object' &&
  it !== null &&
  'revision' in it &&
  typeof it.revision === 'number' &&
  'draft' in it &&
  isDraft(it.draft)

const editOf = (request: ServiceRequest): Edit => ({ revision: request.revision, draft: draftOf(request) })

/** Somebody's newer words are shown before ours can take their place; nothing is overwritten unseen. */
const Form = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const kept = useKeptDraft<Edit>(`request.${request.id}`, { isValid: isEdit, initial: () => editOf(request) })
  const [saved, setSaved] = useState(false)
  const edit = useAct(requestEdit, {
    onDone: (it) => {
      setSaved(true)
      kept.forget(editOf(it))
    },
  })
  const { send, show, busy } = useSendSaved()
  const { revision, draft } = kept.draft
  const stale = !saved && (request.revision !== revision || isStale(edit.error))
  const loadLatest = () => {
    edit.reset()
    kept.forget(editOf(request))
  }
  const keepOwn = () => {
    edit.reset()
    kept.change({ revision: request.revision, draft })
  }
  const conflict = useDraftConflict(draftOf(request), draft)
  const save = (body: Parameters<typeof edit.mutate>[0]['body'], then: (it: ServiceRequest) => void) =>
    edit.mutate(
      { params: { requestId: request.id }, body, revision },
      {
        onSuccess: then,
      },
    )
  return (
    <RequestForm
      draft={draft}
      request={request}
      onChange={(next) => kept.change({ revision, draft: next })}
      busy={edit.isPending || busy}
      error={edit.error}
      onSave={(body) =>
        save(body, (it) => {
          void message.success(t('states.saved'))
          void show(it)
        })
      }
      onSend={(body, price) => save(body, (it) => void send(it, price))}
      notes={
        stale ? (
          <Conflict name={t('pages.request')} of={conflict} onLoad={loadLatest} onKeep={keepOwn} />
        ) : (
          kept.restored && (
            <Alert
              type="info"
              showIcon
              style={{ marginBottom: 16 }}
              title={t('states.draftRestored')}
              action={
                <Button size="small" onClick={loadLatest}>
                  {t('states.draftDiscard')}
                </Button>
              }
            />
          )
        )
      }
    />
  )
}

export const EditRequestPage = () => {
  const { t } = useTranslation()
  const { requestId = '' } = useParams({ strict: false })
  const asked = useAnswer(requestGet, { params: { requestId } })
  return (
    <Asked of={asked}>
      {(request) => (
        <Page
          title={t('form.edit')}
          crumbs={[
            { title: t('pages.requests'), to: paths.requests() },
            {
              title: joined(
                request.lines.map((it) => it.name),
                ', ',
              ),
              to: paths.request(request.id),
            },
          ]}
        >
          {request.kind === 'open' && (request.state === 'draft' || request.state === 'returned') ? (
            <Form request={request} />
          ) : (
            <Nothing
              words={t('form.notEditable')}
              action={
                <Link to={paths.request(request.id)}>
                  <Button>{t('form.toRequest')}</Button>
                </Link>
              }
            />
          )}
        </Page>
      )}
    </Asked>
  )
}
