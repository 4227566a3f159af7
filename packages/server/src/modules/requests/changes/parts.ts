import type { BodyOf, serverAddAddress, serverAddVolume } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { NewPart, ResourceRow } from '../../resources/index.ts'
import { priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import { systemNameOf } from '../system-name.ts'
import type { AskOf, ChangeAsk } from './ask.ts'
import { type Approved, type Begun, type Change, inUse, type Subjects } from './change.ts'

/** What the server costs with all that hangs on it, and one part more. */
const priceWith = (deps: RequestDeps, tx: Tx, { resources }: Subjects, part: NewPart): Promise<number | Refusal> =>
  priceOfHeld(deps, tx, [...resources, { ...part, metering: resources[0].metering }])

/** What hangs on the server already and leaves no place for the new part; its one port takes one address. */
const clash = ({ resources }: Subjects, part: NewPart): Refusal | null => {
  const address = part.kind === 'address' && resources.find((it) => it.kind === 'address')
  if (address) return refuse('address-held-already', { name: address.name })
  return resources.some((it) => it.name === part.name) ? refuse('resource-name-taken', { name: part.name }) : null
}

const start = async (deps: RequestDeps, tx: Tx, it: Approved<ChangeAsk>, part: NewPart): Promise<Begun | Refusal> => {
  const clashing = clash(it, part)
  if (clashing) return clashing
  const [server] = it.resources
  const priceAfter = await priceWith(deps, tx, it, part)
  if (isRefusal(priceAfter)) return priceAfter
  const operationId = deps.newId()
  const systemName = await systemNameOf(deps, tx, server.systemId)
  const refusal = await deps.resources.addPart(tx, { server, part, operationId, systemName })
  return refusal ?? { operationIds: [operationId], priceAfter }
}

const volumeOf = ({ name, sizeGib }: { readonly name: string; readonly sizeGib: number }): NewPart => ({
  kind: 'volume',
  name,
  desired: { sizeGib },
})

const addressOf = (server: ResourceRow): NewPart => ({ kind: 'address', name: `${server.name}-address`, desired: {} })

export const addVolume: Change<AskOf<'add-volume'>, BodyOf<typeof serverAddVolume>> = {
  kind: 'add-volume',
  about: 'unit',
  states: inUse,

  async plan(deps, tx, _act, on, { name, sizeGib }) {
    const part = volumeOf({ name, sizeGib })
    const priceAfter = clash(on, part) ?? (await priceWith(deps, tx, on, part))
    if (isRefusal(priceAfter)) return priceAfter
    const byRule = await deps.quota.isBounded(tx, on.about.organisationId)
    return { ask: { kind: 'add-volume', name, sizeGib }, priceAfter, byRule }
  },

  start: (deps, tx, it) => start(deps, tx, it, volumeOf(it.ask)),
}

export const addAddress: Change<AskOf<'add-address'>, BodyOf<typeof serverAddAddress>> = {
  kind: 'add-address',
  about: 'unit',
  states: inUse,

  async plan(deps, tx, _act, on) {
    const part = addressOf(on.resources[0])
    const priceAfter = clash(on, part) ?? (await priceWith(deps, tx, on, part))
    if (isRefusal(priceAfter)) return priceAfter
    // Reachable from outside: within quota, and a person looks at it all the same.
    return { ask: { kind: 'add-address' }, priceAfter, byRule: false }
  },

  start: (deps, tx, it) => start(deps, tx, it, addressOf(it.resources[0])),
}
