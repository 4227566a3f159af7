import { isPersonal, operations, type Session } from '@yiduo/contract'
import { mayDo } from '../../api/permissions.ts'

/** What this person's program may be given: each noun as a whole, and each of its operations. */
export const operationChoices = (session: Session): { value: string; label: string }[] => {
  const own = operations.filter((it) => it.access !== 'public' && !isPersonal(it.name) && mayDo(session, it))
  const nouns = new Set(own.map(({ name }) => name.slice(0, name.indexOf('.'))))
  return [...nouns].flatMap((noun) => [
    { value: `${noun}.*`, label: `${noun}.*` },
    ...own.flatMap(({ name }) => (name.startsWith(`${noun}.`) ? [{ value: name, label: name }] : [])),
  ])
}
