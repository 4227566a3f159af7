import { requestCreate, templateGet } from '@yiduo/contract'
import { Alert, App, Button } from 'antd'
import { useAct, useAnswer } from '../../api/answers.ts'
import { useKeptDraft } from '../../forms/kept-draft.ts'
import { emptyDraft, isDraft, withPlan } from '../../forms/request-draft.ts'
import { RequestForm } from '../../forms/request-form.tsx'
import { useSendSaved } from '../../forms/send-request.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'

const Form = ({ planId, templateId }: { readonly planId?: string; readonly templateId?: string }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const kept = useKeptDraft(templateId ? `request.${templateId}` : 'request', {
    isValid: isDraft,
    initial: () => emptyDraft({ planId, templateId }),
    resume: (it) => withPlan(it, planId),
  })
  const template = useAnswer(
    templateGet,
    { params: { templateId: templateId ?? '' } },
    { enabled: Boolean(templateId) },
  )
  // Also where the page was left before the answer came: another request would be made of the same draft.
  const create = useAct(requestCreate, { onDone: () => kept.forget() })
  const { send, show, busy } = useSendSaved()
  const form = (
    <RequestForm
      draft={kept.draft}
      onChange={kept.change}
      template={template.data}
      busy={create.isPending || busy}
      error={create.error}
      onSave={(body) =>
        create.mutate(
          { body },
          {
            onSuccess: (saved) => {
              void message.success(t('states.saved'))
              void show(saved)
            },
          },
        )
      }
      onSend={(body, price) =>
        create.mutate(
          { body },
          {
            onSuccess: (saved) => {
              void send(saved, price)
            },
          },
        )
      }
      notes={
        kept.restored && (
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 16 }}
            title={t('states.draftRestored')}
            action={
              <Button size="small" onClick={() => kept.forget()}>
                {t('states.draftDiscard')}
              </Button>
            }
          />
        )
      }
    />
  )
  return templateId ? <Asked of={template}>{() => form}</Asked> : form
}

export const NewRequestPage = () => {
  const { t } = useTranslation()
  const [{ planId, templateId }] = useFilters(['planId', 'templateId'])
  return (
    <Page
      title={t('pages.newRequest')}
      hint={t('form.hint')}
      crumbs={[{ title: t('pages.catalogue'), to: paths.catalogue() }]}
    >
      <Form key={`${planId} ${templateId}`} planId={planId} templateId={templateId} />
    </Page>
  )
}
