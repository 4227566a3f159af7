import type { Shape } from '../shape.ts'
import type { zhCn } from '../zh-cn/index.ts'
import { approvals } from './approvals.ts'
import { catalogue } from './catalogue.ts'
import { changes } from './changes.ts'
import { form } from './form.ts'
import { inbox } from './inbox.ts'
import { measures } from './measures.ts'
import { pages } from './pages.ts'
import { request } from './request.ts'
import { requests } from './requests.ts'
import { sagas } from './sagas.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'
import { systems } from './systems.ts'
import { terms } from './terms.ts'

export const en: Shape<typeof zhCn> = {
  approvals,
  catalogue,
  changes,
  form,
  inbox,
  measures,
  pages,
  request,
  requests,
  sagas,
  shell,
  states,
  systems,
  terms,
}
