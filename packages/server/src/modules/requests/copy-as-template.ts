import {
  type BodyOf,
  fromId,
  type Locale,
  type Template,
  type TemplatePartAsk,
  type templateCopy,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { askOf } from './deliver.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

/** As many as one line may ask for: whoever orders decides. */
const maximumQuantity = 100

/** Parts keep their codes where all came of one template; two lines may be called the same, so else they are counted. */
const partsOf = (lines: readonly store.LineRow[]): TemplatePartAsk[] => {
  const codes = new Set(lines.map((line) => line.template?.part))
  const isOfOne = codes.size === lines.length && !codes.has(undefined)
  return lines.map((line, index) => {
    const { name, platformId: _chosen, ...ask } = askOf(line)
    const code = isOfOne ? present(line.template, 'template').part : `part-${index + 1}`
    return { ...ask, code, name, minimumQuantity: 1, maximumQuantity }
  })
}

/** What a request asked for, as a template of the organisation it is for. */
export const copyAsTemplate =
  (deps: RequestDeps) =>
  (act: Act, ask: BodyOf<typeof templateCopy>, locale: Locale): Promise<Template | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('request', ask.requestId)
      const row = uuid && (await store.findRequest(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const lines = (await store.linesOf(tx, [row.id])).filter((line) => line.outcome === null)
      if (row.kind !== 'open' || lines.length === 0)
        return refuse('step-not-allowed', { event: 'copy', state: row.state })
      const { name, description = '' } = ask
      const organisationId = toId('organisation', row.organisationId)
      return deps.templates.make(tx, act, { organisationId, name, description, parts: partsOf(lines) }, locale)
    })
