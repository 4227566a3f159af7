import { delegable, type OperationSpec, rolePermissions, type Session } from '@yiduo/contract'
import { now } from '../now.ts'

/** Whether any of the person's grants allows the operation somewhere: the server's own table says so. */
export const mayDo = (
  session: Session,
  operation: Pick<OperationSpec, 'name' | 'access'>,
  at = new Date(now()),
): boolean => {
  if (operation.access) return true
  return session.grants.some(
    (it) =>
      rolePermissions[it.role].includes(operation.name) &&
      (it.until === null || new Date(it.until) > at) &&
      (it.personId === session.person.id || delegable.has(operation.name)),
  )
}

/** Operations of which a page needs one. */
export type Needs = OperationSpec | readonly OperationSpec[]

/** Each of them; none where everybody may look. */
export const needsOf = (needs: Needs | undefined): readonly OperationSpec[] =>
  needs === undefined ? [] : 'name' in needs ? [needs] : needs
