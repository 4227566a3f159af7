export { routeBoard } from './routes.ts'
export { type BoardDeps, createBoardService } from './service.ts'
