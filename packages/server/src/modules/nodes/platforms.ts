import {
  type BodyOf,
  fromId,
  type Locale,
  type Operation,
  type Platform,
  type platformAdd,
  type platformEdit,
  toId,
} from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { editedMeanwhile, staleBy } from '../../kernel/revision.ts'
import { type Tx, violatedConstraint } from '../../platform/database/index.ts'
import { checkSettings, credentialContext } from './drivers.ts'
import type { NodeDeps } from './service.ts'
import * as store from './store.ts'
import { viewPlatform } from './view.ts'

export interface PlatformAdded {
  readonly platform: Platform
  readonly operation: Operation
}

/** A live probe is an operation like any other: the request answers at once, the cloud is asked after. */
const startProbe = async (deps: NodeDeps, tx: Tx, platform: store.PlatformRow, locale: Locale): Promise<Operation> => {
  const operationId = deps.newId()
  await deps.sagas.start(tx, deps.probe, {
    operationId,
    input: { platformId: platform.id },
    organisationId: platform.organisationId,
    subject: toId('platform', platform.id),
  })
  return deps.operationStarted(tx, operationId, locale)
}

const answer = async (deps: NodeDeps, tx: Tx, id: string, locale: Locale, before?: unknown): Promise<PlatformAdded> => {
  const row = present(await store.findPlatform(tx, everything, id), 'platform')
  const platform = viewPlatform(locale)(row)
  await deps.record(tx, { on: platform.id, organisationId: row.organisationId, before, after: platform })
  return { platform, operation: await startProbe(deps, tx, row, locale) }
}

/** The bare id of the provider that is named; whoever names it must reach it. */
export const providerOf = async (
  deps: NodeDeps,
  tx: Tx,
  act: Act,
  id: string | null | undefined,
): Promise<{ readonly uuid: string | null } | Refusal> => {
  if (id === null || id === undefined) return { uuid: null }
  const uuid = fromId('organisation', id)
  const provider = uuid && (await deps.reachOrganisation(tx, act, uuid))
  if (!provider) return refuse('not-found')
  return provider.actor === 'provider' ? { uuid: provider.id } : refuse('organisation-not-provider')
}

export const addPlatform =
  (deps: NodeDeps) =>
  async (act: Act, ask: BodyOf<typeof platformAdd>, locale: Locale): Promise<PlatformAdded | Refusal> => {
    const settings = ask.settings ?? {}
    const wrong = checkSettings(deps.registry, ask.driver, settings, ask.credential)
    if (wrong) return wrong
    try {
      return await deps.database.transaction(act, async (tx) => {
        const uuid = fromId('dataCentre', ask.dataCentreId)
        const dataCentre = uuid && (await store.findDataCentre(tx, act.scope, uuid))
        if (!dataCentre) return refuse('not-found')
        const provider = await providerOf(deps, tx, act, ask.providerOrganisationId)
        if (isRefusal(provider)) return provider
        const id = deps.newId()
        await store.insertPlatform(tx, {
          id,
          dataCentreId: dataCentre.id,
          organisationId: dataCentre.organisationId,
          providerOrganisationId: provider.uuid,
          code: ask.code,
          name: ask.name,
          driver: ask.driver,
          endpoint: ask.endpoint,
          settings,
          credential: deps.secrets.seal(JSON.stringify(ask.credential), credentialContext(id)),
          securityGrade: ask.securityGrade ?? 3,
          architecture: ask.architecture ?? 'x86-64',
          vcpuOverselling: ask.vcpuOverselling ?? 1,
          createdAt: deps.clock.now(),
        })
        return answer(deps, tx, id, locale)
      })
    } catch (error) {
      if (violatedConstraint(error) === 'platforms_code_key') return refuse('code-taken', { code: ask.code })
      throw error
    }
  }

/** A new credential or address counts only once it was probed: the platform is out of use until then. */
export const editPlatform =
  (deps: NodeDeps) =>
  async (
    act: Act,
    id: string,
    ask: BodyOf<typeof platformEdit>,
    revision: number | null,
    locale: Locale,
  ): Promise<PlatformAdded | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('platform', id)
      const row = uuid && (await store.findPlatform(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const stale = staleBy(revision, row.revision)
      if (stale) return stale
      const context = credentialContext(row.id)
      const credential: unknown = ask.credential ?? JSON.parse(deps.secrets.open(row.credential, context))
      const settings = ask.settings ?? row.settings
      const wrong = checkSettings(deps.registry, row.driver, settings, credential)
      if (wrong) return wrong
      const provider = await providerOf(deps, tx, act, ask.providerOrganisationId)
      if (isRefusal(provider)) return provider
      const written = await store.updatePlatform(tx, {
        id: row.id,
        revision: row.revision,
        name: ask.name ?? row.name,
        endpoint: ask.endpoint ?? row.endpoint,
        settings,
        credential: ask.credential ? deps.secrets.seal(JSON.stringify(credential), context) : row.credential,
        providerOrganisationId: ask.providerOrganisationId === undefined ? row.providerOrganisationId : provider.uuid,
      })
      if (written === 0) return editedMeanwhile(row.revision)
      return answer(deps, tx, row.id, locale, viewPlatform(locale)(row))
    })

export const probePlatform =
  (deps: NodeDeps) =>
  async (act: Act, id: string, locale: Locale): Promise<Operation | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('platform', id)
      const row = uuid && (await store.findPlatform(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      await deps.record(tx, { on: id, organisationId: row.organisationId })
      return startProbe(deps, tx, row, locale)
    })
