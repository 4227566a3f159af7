import { aboutGet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { Introduction } from './introduction.ts'

export const routeInstallation = (bind: Bind, introduction: Introduction): void => {
  bind(aboutGet, async () => introduction.about())
}
