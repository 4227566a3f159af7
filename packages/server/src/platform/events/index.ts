export { createEventFeed, type EventFeed } from './feed.ts'
export { routeEvents } from './routes.ts'
export type { EventRow } from './store.ts'
export { workThrough } from './work-through.ts'
