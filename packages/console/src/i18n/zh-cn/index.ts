import { pages } from './pages.ts'
import { requests } from './requests.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'

export const zhCn = { shell, states, pages, requests } as const
