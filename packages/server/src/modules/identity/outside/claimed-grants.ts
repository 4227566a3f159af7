import { fromId, type IdentityProviderRules, separatedDuties, toId } from '@yiduo/contract'
import type { Tx } from '../../../platform/database/index.ts'
import * as grantStore from '../grant-store.ts'
import { endedAmong, unused, viewGrant } from '../grants.ts'
import { needsConfirming } from '../model.ts'
import type { IdentityDeps } from '../service.ts'
import type { PersonRow } from '../store.ts'
import * as links from './link-store.ts'
import type { Identity } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'

/** The organisation that the rules find for what was claimed: the first of theirs that matches. */
export const organisationIn = (rules: IdentityProviderRules, { organisations }: Identity): string | null => {
  const mapped = rules.organisations.find(({ value }) => organisations.includes(value))
  const id = mapped?.organisationId ?? rules.organisationId
  return id === null ? null : fromId('organisation', id)
}

type Wanted = Omit<links.ClaimedGrant, 'id'>

const isSame = (a: Wanted, b: Wanted): boolean =>
  a.role === b.role && a.organisationId === b.organisationId && a.reach === b.reach

/** What the claims give, over the organisation that they say; where they say none of ours, nothing. */
const wantedGrants = ({ rules }: ProviderRow, identity: Identity): Wanted[] => {
  const organisationId = organisationIn(rules, identity)
  if (organisationId === null) return []
  const given = rules.roles.filter(
    ({ value, role }) => identity.roles.includes(value) && !separatedDuties.includes(role),
  )
  return given
    .map(({ role, reach }) => ({ role, reach, organisationId }))
    .filter((it, place, all) => all.findIndex((other) => isSame(it, other)) === place)
}

/** Whether what is held because of claims is what they give. */
export const isInLine = (provider: ProviderRow, identity: Identity, held: readonly links.ClaimedGrant[]): boolean => {
  const wanted = wantedGrants(provider, identity)
  return wanted.length === held.length && wanted.every((it) => held.some((other) => isSame(it, other)))
}

/** Who holds a post says what claims mean, or where they come from: by way of them it would be giving to oneself. */
const holdsPost = async ({ clock }: IdentityDeps, tx: Tx, personId: string): Promise<boolean> =>
  (await grantStore.rolesForUpdate(tx, personId, clock.now())).some(needsConfirming)

const recordRevoked = (
  { record }: Pick<IdentityDeps, 'record'>,
  tx: Tx,
  { code }: Pick<ProviderRow, 'code'>,
  { personId, ...it }: links.ClaimedGrant & { readonly personId: string },
): Promise<void> =>
  record(tx, {
    ...{ on: toId('person', personId), organisationId: it.organisationId, as: 'grant.revoke' },
    before: { id: toId('grant', it.id), role: it.role, reach: it.reach, by: code },
  })

/** What no claim means any more goes at once, of people who do not come again for long as well. */
export const followRules = async (
  deps: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  rules: IdentityProviderRules,
): Promise<void> => {
  const named = [...rules.organisations.map((it) => it.organisationId), rules.organisationId]
  const organisations = named.flatMap((it) => (it === null ? [] : (fromId('organisation', it) ?? [])))
  const gone = await links.deleteUngiven(tx, provider.id, { roles: rules.roles, organisations })
  for (const it of gone) await recordRevoked(deps, tx, provider, it)
}

/** Grants that came from the provider's claims follow them; what people gave stays as it is. */
export const followClaims = async (
  deps: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  { person, identity }: { person: PersonRow; identity: Identity },
): Promise<void> => {
  const now = deps.clock.now()
  const wanted = (await holdsPost(deps, tx, person.id)) ? [] : wantedGrants(provider, identity)
  const held = await links.claimedGrants(tx, provider.id, person.id)
  const on = toId('person', person.id)
  for (const it of held.filter((one) => !wanted.some((other) => isSame(one, other)))) {
    await grantStore.deleteGrant(tx, it.id)
    await recordRevoked(deps, tx, provider, { ...it, personId: person.id })
  }
  for (const it of wanted.filter((one) => !held.some((other) => isSame(one, other)))) {
    // An organisation that was abolished gives nobody anything; the log-in itself goes on.
    if (await endedAmong(deps, tx, [it.organisationId])) continue
    const row = {
      ...{ id: deps.newId(), personId: person.id, ...it, createdAt: now, emergency: false },
      ...{ until: null, lastsUntil: null, pendingUntil: null, askedById: null, confirmedById: null },
    }
    await grantStore.insertGrant(tx, row)
    await links.markClaimed(tx, row.id, provider.id)
    const made = viewGrant(now)({ ...row, ...unused, provider })
    const after = { ...made, by: provider.code }
    await deps.record(tx, { on, organisationId: it.organisationId, as: 'grant.create', after })
  }
}
