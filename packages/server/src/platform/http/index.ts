export { authorise, scopeOf } from './authority.ts'
export { type Bind, bearerOf, createBind } from './bind.ts'
export { consolePath, createHttpServer } from './server.ts'
export type { Upload } from './upload.ts'
