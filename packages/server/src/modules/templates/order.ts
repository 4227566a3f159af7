import { type LineAsk, type PartChoice, type TemplateAsk, toId } from '@yiduo/contract'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { chosenParts } from './model.ts'
import type { TemplateRow } from './store.ts'

/** Which template a line was made of, as it was then. */
export interface LineTemplate {
  /** Bare. */
  readonly templateId: string
  readonly name: string
  readonly revision: number
  readonly part: string
}

export interface TemplateLine {
  readonly ask: LineAsk
  readonly template: LineTemplate
}

/** One line a part: from here on it is a request like any other. */
export const linesOf = (
  row: TemplateRow,
  ask: TemplateAsk,
  choices: readonly PartChoice[],
): TemplateLine[] | Refusal => {
  const parts = chosenParts(row.parts, choices)
  if (isRefusal(parts)) return parts
  return parts.map((part) => ({
    ask: {
      planId: toId('plan', part.planId),
      name: ask.name === undefined ? part.code : `${ask.name}-${part.code}`,
      quantity: part.quantity,
      ...(part.imageName === null ? {} : { imageName: part.imageName }),
      dataVolumeGib: part.dataVolumeGib,
      publicAddress: part.publicAddress,
      ...(ask.platformId === undefined ? {} : { platformId: ask.platformId }),
    },
    template: { templateId: row.id, name: row.name, revision: row.revision, part: part.code },
  }))
}
