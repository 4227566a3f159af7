import { isolated } from '@yiduo/contract'

/** Words beside each other, what is empty left out; a name of another direction turns none but itself. */
export const joined = (words: readonly (string | false | null | undefined)[], by = ' · '): string =>
  words.flatMap((it) => (it ? [isolated(it)] : [])).join(by)
