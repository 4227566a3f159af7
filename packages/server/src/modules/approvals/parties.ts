import { fromId, type Role } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import type { ApprovalDeps } from './service.ts'
import type { Subject } from './store.ts'

/** Whoever collects for a county sits at a stage of its own; no route can name it. */
export const bureauParty = 'bureau'

/** Whoever is to take over what another gives away has its say first; no route can name it either. */
export const receiverParty = 'receiver'

/** In which capacity one sits: an office by its role, an organisation by either. */
export type Office = 'bureau' | 'receiver' | 'operator' | 'authority' | 'any'

export const officeOf = (party: string): Office => {
  if (party === bureauParty || party === receiverParty || party === 'authority') return party
  return party === 'operator' || party === 'upper-operator' ? 'operator' : 'any'
}

/** Whose seats an authority and an operator share are told apart by their roles, not by how far each reaches. */
export const officeRoles: Readonly<Record<Office, readonly Role[]>> = {
  bureau: ['department'],
  receiver: ['department'],
  operator: ['operator'],
  authority: ['authority'],
  any: ['operator', 'authority'],
}

/** The right it takes to sit at a stage, whichever way one then decides. */
export const permissionFor = (office: Office): string => permissions[office]

const permissions: Readonly<Record<Office, string>> = {
  bureau: 'request.forward',
  receiver: 'request.accept',
  operator: 'request.approve',
  authority: 'request.approve',
  any: 'request.approve',
}

/** The organisation that a party is for a subject; null where there is none. */
export const organisationOf = async (
  { organisations }: ApprovalDeps,
  tx: Tx,
  party: string,
  of: Pick<Subject, 'operatorOrganisationId'> & { readonly firstOrganisationId?: string | null },
): Promise<string | null> => {
  switch (party) {
    case 'operator':
      return of.operatorOrganisationId
    case 'upper-operator':
      return organisations.operatorAbove(tx, of.operatorOrganisationId)
    case 'authority':
      return organisations.authorityOf(tx, of.operatorOrganisationId)
    case bureauParty:
    case receiverParty:
      return of.firstOrganisationId ?? null
    default: {
      const uuid = fromId('organisation', party)
      return uuid && (await organisations.exists(tx, uuid)) ? uuid : null
    }
  }
}
