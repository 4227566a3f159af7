import { offeringPlaces } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { PlacesService } from './service.ts'

export const routePlaces = (bind: Bind, places: PlacesService): void =>
  bind(offeringPlaces, ({ act, params, locale }) => places.list(act, params.offeringId, locale))
