import { homeGet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { HomeService } from './service.ts'

export const routeHome = (bind: Bind, home: HomeService): void => {
  bind(homeGet, ({ act, locale }) => home.get(act, locale))
}
