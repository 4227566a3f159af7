import type { Shape } from '../shape.ts'
import type { zhCn } from '../zh-cn/index.ts'
import { pages } from './pages.ts'
import { requests } from './requests.ts'
import { shell } from './shell.ts'
import { states } from './states.ts'

export const en: Shape<typeof zhCn> = { shell, states, pages, requests }
