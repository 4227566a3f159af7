import { changes } from './changes.ts'
import { pages } from './pages.ts'
import { request } from './request.ts'
import { requests } from './requests.ts'
import { sagas } from './sagas.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'

export const zhCn = { shell, states, pages, requests, request, changes, sagas } as const
