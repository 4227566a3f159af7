import { searchFind } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { SearchService } from './service.ts'

export const routeSearch = (bind: Bind, search: SearchService): void => {
  bind(searchFind, ({ act, query }) => search.find(act, query))
}
