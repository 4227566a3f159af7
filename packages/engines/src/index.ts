export * from './calendar/index.ts'
export * from './links/index.ts'
export * from './placement/index.ts'
export * from './rating/index.ts'
