import { fromId } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import type { ApprovalDeps } from './service.ts'
import type { Subject } from './store.ts'

/** Whoever collects for a county sits at a stage of its own; no route can name it. */
export const bureauParty = 'bureau'

/** The organisation that a party is for a subject; null where there is none. */
export const organisationOf = async (
  { organisations }: ApprovalDeps,
  tx: Tx,
  party: string,
  of: Pick<Subject, 'operatorOrganisationId'> & { readonly bureauOrganisationId?: string | null },
): Promise<string | null> => {
  switch (party) {
    case 'operator':
      return of.operatorOrganisationId
    case 'upper-operator':
      return organisations.operatorAbove(tx, of.operatorOrganisationId)
    case 'authority':
      return organisations.authorityOf(tx, of.operatorOrganisationId)
    case bureauParty:
      return of.bureauOrganisationId ?? null
    default: {
      const uuid = fromId('organisation', party)
      return uuid && (await organisations.exists(tx, uuid)) ? uuid : null
    }
  }
}
