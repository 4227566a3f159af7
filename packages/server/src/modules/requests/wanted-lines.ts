import type { BodyOf, LineAsk, requestCreate } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { LineTemplate } from '../templates/index.ts'
import type { RequestDeps } from './service.ts'

interface WantedLine {
  readonly ask: LineAsk
  readonly template: LineTemplate | null
}

/** What a request asks for, line by line: as it says itself, or as the template it names does. */
export const wantedLines = async (
  { templates }: Pick<RequestDeps, 'templates'>,
  tx: Tx,
  act: Act,
  { lines, template, parts }: Pick<BodyOf<typeof requestCreate>, 'lines' | 'template' | 'parts'>,
): Promise<readonly WantedLine[] | Refusal> => {
  if (template && !lines) return templates.lines(tx, act, template, parts ?? [])
  if (lines && !template && !parts) return lines.map((ask) => ({ ask, template: null }))
  return refuse('input-invalid', { field: 'lines', problem: 'lines-or-template' })
}
