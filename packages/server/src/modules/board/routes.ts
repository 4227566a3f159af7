import { boardGet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { BoardService } from './service.ts'

export const routeBoard = (bind: Bind, board: BoardService): void => {
  bind(boardGet, ({ act }) => board.get(act))
}
