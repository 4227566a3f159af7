import {
  componentCreate,
  componentList,
  offeringCreate,
  offeringEdit,
  offeringGet,
  offeringList,
  planCreate,
  priceList,
  priceSet,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { CatalogueService } from './service.ts'

export const routeCatalogue = (bind: Bind, catalogue: CatalogueService): void => {
  bind(offeringList, ({ query }) => catalogue.listOfferings(query))
  bind(offeringGet, ({ params }) => catalogue.getOffering(params.offeringId))
  bind(offeringCreate, ({ act, body }) => catalogue.createOffering(act, body))
  bind(offeringEdit, ({ act, params, body, revision }) =>
    catalogue.editOffering(act, params.offeringId, body, revision),
  )
  bind(planCreate, ({ act, params, body }) => catalogue.createPlan(act, params.offeringId, body))
  bind(componentList, ({ query }) => catalogue.listComponents(query))
  bind(componentCreate, ({ act, body }) => catalogue.createComponent(act, body))
  bind(priceList, ({ query }) => catalogue.listPrices(query))
  bind(priceSet, ({ act, body }) => catalogue.setPrice(act, body))
}
