import {
  templateCreate,
  templateEdit,
  templateGet,
  templateList,
  templateRelease,
  templateWithdraw,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { TemplateService } from './service.ts'

export const routeTemplates = (bind: Bind, templates: TemplateService): void => {
  bind(templateList, ({ act, query, locale }) => templates.list(act, query, locale))
  bind(templateGet, ({ act, params, locale }) => templates.get(act, params.templateId, locale))
  bind(templateCreate, ({ act, body, locale }) => templates.create(act, body, locale))
  bind(templateEdit, ({ act, params, body, revision, locale }) =>
    templates.edit(act, params.templateId, body, revision, locale),
  )
  bind(templateRelease, ({ act, params, locale }) => templates.move(act, params.templateId, 'release', locale))
  bind(templateWithdraw, ({ act, params, locale }) => templates.move(act, params.templateId, 'withdraw', locale))
}
