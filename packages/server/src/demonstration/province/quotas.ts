import { type Measure, measures } from '@yiduo/contract'
import { present } from '../../kernel/invariant.ts'
import type { NewReservation } from '../../modules/quota/index.ts'
import { truths } from '../truths.ts'
import type { Ground } from './ground.ts'

export interface QuotaLimit {
  readonly organisationId: string
  readonly measure: Measure
  readonly quotaLimit: number
}

type Amounts = Record<Measure, number>

/** What all reservations come to. */
export interface Held {
  readonly byOwner: Map<string, Amounts>
  readonly byPool: Map<string, { vcpus: number; memoryMib: number }>
}

export const addHeld = ({ byOwner, byPool }: Held, reservations: readonly NewReservation[]): void => {
  for (const it of reservations) {
    const of = byOwner.get(it.organisationId) ?? { vcpu: 0, 'memory-gib': 0, 'volume-gib': 0, address: 0 }
    of.vcpu += it.vcpus
    of['memory-gib'] += Math.ceil(it.memoryMib / 1_024)
    of['volume-gib'] += it.volumeGib
    of.address += it.addresses
    byOwner.set(it.organisationId, of)
    const pool = byPool.get(it.poolId) ?? { vcpus: 0, memoryMib: 0 }
    byPool.set(it.poolId, { vcpus: pool.vcpus + it.vcpus, memoryMib: pool.memoryMib + it.memoryMib })
  }
}

const unused: Amounts = { vcpu: 512, 'memory-gib': 1_024, 'volume-gib': 20_480, address: 16 }

/** What is held, and two fifths more, in steps of sixteen. */
const roomFor = (held: number): number => Math.ceil((held * 1.4 + 16) / 16) * 16

/** Limits of all who hold anything, and of the few who never have. */
export const quotaLimits = ({ owners }: Ground, held: Held): readonly QuotaLimit[] => [
  ...[...held.byOwner].flatMap(([organisationId, of]) =>
    measures.map((measure) => ({ organisationId, measure, quotaLimit: roomFor(of[measure]) })),
  ),
  ...truths.unusedQuotas.flatMap((name) =>
    measures.map((measure) => ({
      organisationId: present(owners.get(name), name).id,
      measure,
      quotaLimit: unused[measure],
    })),
  ),
]
