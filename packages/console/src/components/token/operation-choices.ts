import { isPersonal, type OperationSpec, operations } from '@yiduo/contract'

/** What a program may be given of what its owner may: each noun as a whole, and each of its operations. */
export const operationChoices = (may: (operation: OperationSpec) => boolean): { value: string; label: string }[] => {
  const own = operations.filter((it) => it.access !== 'public' && !isPersonal(it.name) && may(it))
  const nouns = new Set(own.map(({ name }) => name.slice(0, name.indexOf('.'))))
  return [...nouns].flatMap((noun) => [
    { value: `${noun}.*`, label: `${noun}.*` },
    ...own.flatMap(({ name }) => (name.startsWith(`${noun}.`) ? [{ value: name, label: name }] : [])),
  ])
}
