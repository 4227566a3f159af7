export { createEventFeed, type EventFeed } from './feed.ts'
export { routeEvents } from './routes.ts'
