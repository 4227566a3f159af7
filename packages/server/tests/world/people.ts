import type { Organisation, Role } from '@yiduo/contract'
import type { Yiduo } from '../../src/compose.ts'
import { programAct } from '../../src/kernel/act.ts'
import { agreed, password } from './small-province.ts'

const act = programAct('test', 'demonstration.make', 'test')

/** One more person with one role, at an organisation and as far from it as is said. */
export const addPerson = async (
  { rooms }: Yiduo,
  login: string,
  it: { role: Role; at: Organisation; reach: 'own' | 'subtree' | 'all' },
): Promise<string> => {
  const organisationId = it.at.id
  const made = agreed(
    await rooms.identity.createPerson(act, { login, name: login, organisationId, password }, 'lasting'),
  )
  agreed(await rooms.identity.createGrant(act, { personId: made.id, role: it.role, organisationId, reach: it.reach }))
  return made.id
}
