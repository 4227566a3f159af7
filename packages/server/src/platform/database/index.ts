export { createDatabase, type Database } from './database.ts'
export { asFault, errorCode, isContention, isDatabaseFault, violatedConstraint } from './failure.ts'
export { forgetAnswers, recallAnswer } from './idempotency.ts'
export { type Keyset, keyset, pageFrom, toPage } from './keyset.ts'
export { type Listing, listVisible } from './listing-store.ts'
export { listOrdered, type Order, type OrderedPage, orderedPage, toOrderedPage } from './ordered-store.ts'
export { maybeRow, oneRow, ring, rows, run, type Tx, write } from './query.ts'
export {
  calledSo,
  type Found,
  idBegins,
  idsCalled,
  isCalled,
  type Searchable,
  type Sought,
  soughtIn,
} from './text-store.ts'
export { lies, visible, when } from './visible.ts'
