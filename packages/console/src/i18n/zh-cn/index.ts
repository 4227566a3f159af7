import { approvals } from './approvals.ts'
import { changes } from './changes.ts'
import { inbox } from './inbox.ts'
import { pages } from './pages.ts'
import { request } from './request.ts'
import { requests } from './requests.ts'
import { sagas } from './sagas.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'
import { terms } from './terms.ts'

export const zhCn = { shell, states, pages, approvals, changes, inbox, request, requests, sagas, terms } as const
