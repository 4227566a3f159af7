import { type QueryOf, type SearchKind, type SearchResult, type searchFind, searchKinds, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Database, Found, Sought, Tx } from '../../platform/database/index.ts'
import { scopeOf } from '../../platform/http/index.ts'
import { ranked } from './model.ts'

/** Finds in one kind of things what its list would show the act, the newest first. */
type Find = (tx: Tx, act: Act, sought: Sought, limit: number) => Promise<Found[]>

export interface SearchDeps {
  readonly database: Database
  readonly clock: Clock
  readonly organisationNames: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly finds: Readonly<Record<SearchKind, Find>>
}

/** Who may list a kind of things may find them, as far as the list goes. */
const actOn = ({ clock }: SearchDeps, act: Act, kind: SearchKind): Act | null => {
  if (act.caller.kind !== 'person') return act
  const operation = `${kind}.list` as const
  const scope = scopeOf(act.caller.grants, operation, clock.now())
  const isNothing = !scope.all && scope.subtrees.length === 0 && scope.organisations.length === 0
  return isNothing ? null : { ...act, operation, scope }
}

/** The best of one kind, and one more where there are more: where many hold the text, what is called just so is asked for. */
const best = async (find: Find, tx: Tx, act: Act, text: string, limit: number): Promise<Found[]> => {
  const holding = await find(tx, act, { text, match: 'inside' }, limit + 1)
  if (holding.length <= limit) return ranked(holding, text)
  return ranked([...(await find(tx, act, { text, match: 'whole' }, limit)), ...holding], text)
}

const search =
  (deps: SearchDeps) =>
  async (act: Act, { text, limit = 5 }: QueryOf<typeof searchFind>): Promise<SearchResult> => {
    const { plain } = deps.database
    const findKind = async (kind: SearchKind) => {
      const own = actOn(deps, act, kind)
      return { kind, found: own ? await best(deps.finds[kind], plain, own, text, limit) : [] }
    }
    const groups = (await Promise.all(searchKinds.map(findKind))).filter(({ found }) => found.length > 0)
    const owners = groups.flatMap(({ found }) => found.flatMap((it) => it.organisationId ?? []))
    const names = await deps.organisationNames(plain, [...new Set(owners)])
    const view = ({ organisationId, ...it }: Found) => ({
      ...it,
      organisationId: organisationId && toId('organisation', organisationId),
      organisationName: organisationId && (names.get(organisationId) ?? null),
    })
    return {
      groups: groups.map(({ kind, found }) => ({
        kind,
        items: found.slice(0, limit).map(view),
        more: found.length > limit,
      })),
    }
  }

export const createSearchService = (deps: SearchDeps) => ({ find: search(deps) })

export type SearchService = ReturnType<typeof createSearchService>
