import type { Session, SessionGrant } from '@yiduo/contract'

/** What a person can wake; nobody lends it. */
export const ownEmergencyGrants = ({ grants, person }: Session): readonly SessionGrant[] =>
  grants.filter((it) => it.emergency && it.personId === person.id)

export const isAwake = ({ until }: SessionGrant, now: number): boolean => until !== null && Date.parse(until) > now
