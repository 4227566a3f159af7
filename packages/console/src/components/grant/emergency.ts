import type { Session, SessionGrant } from '@yiduo/contract'
import { useSession } from '../../api/session.ts'
import { now } from '../../now.ts'
import { useNow } from '../../ui/clock.tsx'

/** What a person can wake; nobody lends it. */
export const ownEmergencyGrants = ({ grants, person }: Session): readonly SessionGrant[] =>
  grants.filter((it) => it.emergency && it.personId === person.id)

const isAwake = ({ until }: SessionGrant): boolean => until !== null && Date.parse(until) > now()

/** The same with whether each is awake: looked at with the session, and as time goes on. */
export const useEmergencyGrants = (): readonly { readonly grant: SessionGrant; readonly awake: boolean }[] => {
  useNow()
  return ownEmergencyGrants(useSession()).map((grant) => ({ grant, awake: isAwake(grant) }))
}
