import { type BodyOf, fromId, type Link, type linkCreate, type linkEdit } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { editedMeanwhile, staleBy } from '../../kernel/revision.ts'
import { keyset, type Tx, toPage, violatedConstraint } from '../../platform/database/index.ts'
import { sightOf } from '../../platform/http/index.ts'
import * as linkStore from './link-store.ts'
import { instantOr } from './model.ts'
import type { NodeDeps } from './service.ts'
import * as store from './store.ts'
import { viewLink } from './view.ts'

const viewById = async (tx: Tx, id: string): Promise<Link> =>
  viewLink(present(await linkStore.findLink(tx, everything, id), 'link'))

/** Whoever operates one end tells of it; where the other end stands is no secret. */
const createLink =
  ({ database, clock, newId, record }: NodeDeps) =>
  async (act: Act, ask: BodyOf<typeof linkCreate>): Promise<Link | Refusal> => {
    try {
      return await database.transaction(act, async (tx) => {
        const [from, to] = [fromId('dataCentre', ask.fromDataCentreId), fromId('dataCentre', ask.toDataCentreId)]
        const own = from && (await store.findDataCentre(tx, act.scope, from))
        const other = to && (await store.findDataCentre(tx, everything, to))
        if (!own || !other) return refuse('not-found')
        if (own.id === other.id) return refuse('link-to-itself')
        const id = newId()
        await linkStore.insertLink(tx, {
          id,
          organisationId: own.organisationId,
          fromDataCentreId: own.id,
          toDataCentreId: other.id,
          bandwidthMbps: ask.bandwidthMbps,
          latencyMs: ask.latencyMs ?? null,
          latencyBasis: ask.latencyBasis ?? 'round-trip',
          measuredAt: instantOr(ask.measuredAt, null),
          createdAt: clock.now(),
        })
        const made = await viewById(tx, id)
        await record(tx, { on: made.id, organisationId: own.organisationId, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'links_ends') return refuse('link-exists')
      throw error
    }
  }

const editLink =
  ({ database, record }: NodeDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof linkEdit>, revision: number | null): Promise<Link | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('link', id)
      const row = uuid && (await linkStore.findLink(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const stale = staleBy(revision, row.revision)
      if (stale) return stale
      const written = await linkStore.updateLink(tx, {
        ...row,
        bandwidthMbps: ask.bandwidthMbps ?? row.bandwidthMbps,
        latencyMs: ask.latencyMs === undefined ? row.latencyMs : ask.latencyMs,
        latencyBasis: ask.latencyBasis ?? row.latencyBasis,
        measuredAt: instantOr(ask.measuredAt, row.measuredAt),
      })
      if (written === 0) return editedMeanwhile(row.revision)
      const after = await viewById(tx, row.id)
      await record(tx, { on: id, organisationId: row.organisationId, before: viewLink(row), after })
      return after
    })

/** Direct lines between data centres. */
export const links = (deps: NodeDeps) => ({
  createLink: createLink(deps),
  editLink: editLink(deps),

  async listLinks(act: Act, query: { limit?: number; cursor?: string; dataCentreId?: string }) {
    const page = keyset(query)
    const dataCentreId = query.dataCentreId === undefined ? null : fromId('dataCentre', query.dataCentreId)
    return toPage(
      await linkStore.listLinks(deps.database.plain, sightOf(act, deps.clock.now()), dataCentreId, page),
      page,
      viewLink,
    )
  },
})
