import { type Change as ChangeView, toId } from '@yiduo/contract'
import type { LineRow } from '../store.ts'

/** To whom a transfer goes, and what they were called when it was asked for. */
export interface Receiver {
  readonly systemId: string
  readonly systemName: string
  readonly organisationId: string
  readonly organisationName: string
}

/** What a change asks for, as its line keeps it: ids are bare. */
export type ChangeAsk =
  | { readonly kind: 'resize'; readonly planId: string }
  | { readonly kind: 'extend'; readonly sizeGib: number }
  | { readonly kind: 'add-volume'; readonly name: string; readonly sizeGib: number }
  | { readonly kind: 'remove-volume' }
  | { readonly kind: 'add-address' }
  | { readonly kind: 'remove-address' }
  | { readonly kind: 'prolong'; readonly expiresAt: string | null }
  | { readonly kind: 'restore'; readonly expiresAt: string | null }
  | ({ readonly kind: 'transfer' } & Receiver)
  | { readonly kind: 'scale'; readonly lineId: string; readonly quantity: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'start' }
  | { readonly kind: 'reboot'; readonly forced: boolean }
  | { readonly kind: 'rename-server'; readonly name: string }
  | { readonly kind: 'rename-volume'; readonly name: string }
  | { readonly kind: 'take-snapshot'; readonly name: string }
  | { readonly kind: 'restore-snapshot'; readonly snapshotId: string; readonly name: string }
  | { readonly kind: 'remove-snapshot'; readonly snapshotId: string; readonly name: string }

export type ChangeKind = ChangeAsk['kind']
export type AskOf<K extends ChangeKind> = Extract<ChangeAsk, { kind: K }>

type AskedFor = Pick<LineRow, 'change' | 'planId' | 'sizeGib'>

/** The ask of a line of a change; lines from before changes were data say it by the columns they fill. */
export const askOfLine = ({ change, planId, sizeGib }: AskedFor): ChangeAsk | null => {
  if (change) return change
  if (planId !== null) return { kind: 'resize', planId }
  return sizeGib === null ? null : { kind: 'extend', sizeGib }
}

export const viewAsk = (ask: ChangeAsk): ChangeView => {
  switch (ask.kind) {
    case 'resize':
      return { ...ask, planId: toId('plan', ask.planId) }
    case 'scale':
      return { ...ask, lineId: toId('line', ask.lineId) }
    case 'transfer':
      return {
        ...ask,
        systemId: toId('system', ask.systemId),
        organisationId: toId('organisation', ask.organisationId),
      }
    case 'restore-snapshot':
    case 'remove-snapshot':
      return { ...ask, snapshotId: toId('snapshot', ask.snapshotId) }
    default:
      return ask
  }
}
