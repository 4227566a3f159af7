import { abilities } from './abilities.ts'
import { account } from './account.ts'
import { approvals } from './approvals.ts'
import { board } from './board.ts'
import { catalogue } from './catalogue.ts'
import { changes } from './changes.ts'
import { clouds } from './clouds.ts'
import { collections } from './collections.ts'
import { delegations } from './delegations.ts'
import { demand } from './demand.ts'
import { findings } from './findings.ts'
import { form } from './form.ts'
import { grants } from './grants.ts'
import { home } from './home.ts'
import { inbox } from './inbox.ts'
import { measures } from './measures.ts'
import { money } from './money.ts'
import { notices } from './notices.ts'
import { offerings } from './offerings.ts'
import { operations } from './operations.ts'
import { organisations } from './organisations.ts'
import { oversight } from './oversight.ts'
import { pages } from './pages.ts'
import { placement } from './placement.ts'
import { policy } from './policy.ts'
import { providers } from './providers.ts'
import { recycleBin } from './recycle-bin.ts'
import { request } from './request.ts'
import { requests } from './requests.ts'
import { resources } from './resources.ts'
import { rules } from './rules.ts'
import { sagas } from './sagas.ts'
import { schedules } from './schedules.ts'
import { shell } from './shell.ts'
import { statements } from './statements.ts'
import { states } from './states.ts'
import { systems } from './systems.ts'
import { templates } from './templates.ts'
import { terms } from './terms.ts'
import { trail } from './trail.ts'
import { webhooks } from './webhooks.ts'

export const zhCn = {
  shell,
  states,
  pages,
  abilities,
  account,
  approvals,
  board,
  catalogue,
  changes,
  clouds,
  collections,
  delegations,
  demand,
  findings,
  form,
  grants,
  home,
  inbox,
  measures,
  money,
  notices,
  offerings,
  operations,
  organisations,
  oversight,
  placement,
  policy,
  providers,
  recycleBin,
  request,
  requests,
  resources,
  rules,
  sagas,
  schedules,
  statements,
  systems,
  templates,
  terms,
  trail,
  webhooks,
} as const
