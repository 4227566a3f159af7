import {
  collectionApprove,
  collectionCreate,
  collectionDiscard,
  collectionEdit,
  collectionGet,
  collectionList,
  collectionReject,
  collectionReturn,
  collectionSubmit,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { CollectionService } from './service.ts'

export const routeCollections = (bind: Bind, collections: CollectionService): void => {
  bind(collectionList, ({ act, query }) => collections.list(act, query))
  bind(collectionGet, ({ act, params }) => collections.get(act, params.collectionId))
  bind(collectionCreate, ({ act, body }) => collections.create(act, body))
  bind(collectionEdit, ({ act, params, body, revision }) => collections.edit(act, params.collectionId, body, revision))
  bind(collectionSubmit, ({ act, params, body, locale }) => collections.submit(act, params.collectionId, body, locale))
  bind(collectionDiscard, ({ act, params, body, locale }) =>
    collections.discard(act, params.collectionId, body, locale),
  )
  bind(collectionApprove, ({ act, params, body, locale }) =>
    collections.approve(act, params.collectionId, body, locale),
  )
  bind(collectionReturn, ({ act, params, body, locale }) => collections.return(act, params.collectionId, body, locale))
  bind(collectionReject, ({ act, params, body, locale }) => collections.reject(act, params.collectionId, body, locale))
}
