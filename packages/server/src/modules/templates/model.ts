import type { PartChoice, TemplatePartAsk, TemplateState } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { StateMachine } from '../../kernel/state-machine.ts'

export type TemplateEvent = 'release' | 'withdraw'

export const templateMachine = {
  draft: { release: 'released' },
  released: { withdraw: 'withdrawn' },
  withdrawn: { release: 'released' },
} satisfies StateMachine<TemplateState, TemplateEvent>

/** One part of an application: servers that are alike. */
export interface Part {
  readonly code: string
  readonly name: string
  /** Bare. */
  readonly planId: string
  /** Null takes the first that the offering names when it is ordered. */
  readonly imageName: string | null
  readonly quantity: number
  readonly minimumQuantity: number
  readonly maximumQuantity: number
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
}

/** A part as it was asked for, with what was left out. */
export const completed = (ask: TemplatePartAsk, planId: string): Part => {
  const quantity = ask.quantity ?? Math.max(ask.minimumQuantity ?? 1, 1)
  return {
    code: ask.code,
    name: ask.name,
    planId,
    imageName: ask.imageName ?? null,
    quantity,
    minimumQuantity: ask.minimumQuantity ?? Math.min(quantity, 1),
    maximumQuantity: ask.maximumQuantity ?? Math.max(quantity, 1),
    dataVolumeGib: ask.dataVolumeGib ?? 0,
    publicAddress: ask.publicAddress ?? false,
  }
}

const firstTwice = (codes: readonly string[]): string | undefined =>
  codes.find((code, index) => codes.indexOf(code) < index)

const outOfRange = ({ code, minimumQuantity, maximumQuantity }: Part, asked: number): Refusal | null =>
  asked < minimumQuantity || asked > maximumQuantity
    ? refuse('template-quantity-wrong', { part: code, minimum: minimumQuantity, maximum: maximumQuantity, asked })
    : null

/** What is wrong with the parts of a template; null where each can be ordered, and something always is. */
export const partsWrong = (parts: readonly Part[], maxServers: number): Refusal | null => {
  const twice = firstTwice(parts.map((it) => it.code))
  if (twice !== undefined) return refuse('template-part-wrong', { part: twice, problem: 'part-given-twice' })
  for (const part of parts) {
    const wrong = outOfRange(part, part.quantity)
    if (wrong) return wrong
  }
  if (parts.every((it) => it.minimumQuantity === 0))
    return refuse('template-part-wrong', { part: parts[0]?.code ?? '', problem: 'nothing-required' })
  const servers = parts.reduce((total, it) => total + it.quantity, 0)
  return servers > maxServers ? refuse('request-too-large', { asked: servers, limit: maxServers }) : null
}

/** The parts with as many servers as whoever orders has chosen; one of which there is to be none is left out. */
export const chosenParts = (parts: readonly Part[], choices: readonly PartChoice[]): Part[] | Refusal => {
  const twice = firstTwice(choices.map((it) => it.code))
  if (twice !== undefined) return refuse('template-part-wrong', { part: twice, problem: 'part-given-twice' })
  const unknown = choices.find((it) => !parts.some(({ code }) => code === it.code))
  if (unknown) return refuse('template-part-wrong', { part: unknown.code, problem: 'part-unknown' })
  const chosen: Part[] = []
  for (const part of parts) {
    const quantity = choices.find((it) => it.code === part.code)?.quantity ?? part.quantity
    const wrong = outOfRange(part, quantity)
    if (isRefusal(wrong)) return wrong
    if (quantity > 0) chosen.push({ ...part, quantity })
  }
  return chosen
}
