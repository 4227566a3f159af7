export { authorise, scopeOf } from './authority.ts'
export { type Bind, bearerOf, type Call, createBind, type Handler, sendFault } from './bind.ts'
export { createHttpServer, type HttpSettings } from './server.ts'
