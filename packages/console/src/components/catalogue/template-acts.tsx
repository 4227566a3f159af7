import { rolePermissions, type Template, templateEdit, templateRelease, templateWithdraw } from '@yiduo/contract'
import { Typography } from 'antd'
import { useSession } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { ActButton } from '../act-dialog.tsx'
import { EditTemplate } from './template-forms.tsx'

/** The catalogue's are made by whoever reaches the province, an organisation's by its own people. */
export const useOwnTemplates = (): ((template: Template) => boolean) => {
  const { person, grants } = useSession()
  const makes = grants.some((it) => rolePermissions[it.role].includes(templateEdit.name) && it.reach !== 'own')
  return ({ organisationId }) => makes || organisationId === person.organisationId
}

/** What those who made it can do with a template; the server knows whose it is. */
export const TemplateActs = ({ template }: { readonly template: Template }) => {
  const { t } = useTranslation()
  const callOf = () => ({ params: { templateId: template.id } })
  return (
    <>
      <EditTemplate template={template} />
      {template.state === 'released' ? (
        <ActButton
          operation={templateWithdraw}
          label={t('offerings.withdraw')}
          button={{ danger: true }}
          danger
          confirmation={template.name}
          callOf={callOf}
        >
          <Typography.Paragraph>{t('templates.withdrawHint')}</Typography.Paragraph>
        </ActButton>
      ) : (
        <ActButton
          operation={templateRelease}
          label={t('templates.release')}
          button={{ type: 'primary' }}
          callOf={callOf}
        >
          <Typography.Paragraph>{t('offerings.releaseHint')}</Typography.Paragraph>
        </ActButton>
      )}
    </>
  )
}
