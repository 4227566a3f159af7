import { type BodyOf, type NoticePreference, type noticePreferenceSet, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { personOf } from './caller.ts'
import { lastMail } from './outbox-store.ts'
import * as store from './preference-store.ts'
import type { NoticeDeps } from './service.ts'

/** Who never said anything is told in the product alone. */
const presets = {
  email: null,
  mail: false,
  quietFromHour: null,
  quietUntilHour: null,
  language: 'zh-CN',
} as const

const view = async ({ mailer }: NoticeDeps, tx: Tx, personId: string): Promise<NoticePreference> => {
  const { personId: _, ...chosen } = (await store.findPreference(tx, personId)) ?? { ...presets, personId }
  const last = await lastMail(tx, personId)
  return { ...chosen, mailAvailable: mailer !== null, problem: last?.problem ?? null }
}

export const getPreference =
  (deps: NoticeDeps) =>
  (act: Act): Promise<NoticePreference> =>
    view(deps, deps.database.plain, personOf(act).personId)

export const setPreference =
  (deps: NoticeDeps) =>
  (act: Act, ask: BodyOf<typeof noticePreferenceSet>): Promise<NoticePreference | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const { personId, organisationId } = personOf(act)
      if (ask.mail && ask.email === null) return refuse('input-invalid', { field: 'email', problem: 'field-missing' })
      if ((ask.quietFromHour === null) !== (ask.quietUntilHour === null))
        return refuse('input-invalid', { field: 'quietUntilHour', problem: 'half-a-span' })
      const before = await view(deps, tx, personId)
      await store.savePreference(tx, { ...ask, personId }, deps.clock.now())
      const after = await view(deps, tx, personId)
      await deps.record(tx, { on: toId('person', personId), organisationId, before, after })
      return after
    })
