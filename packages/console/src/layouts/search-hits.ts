import { type SearchKind, type SearchResult, searchFind } from '@yiduo/contract'
import { useDeferredValue } from 'react'
import { useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { pathOfId, paths } from '../paths.ts'
import { joined } from '../ui/joined.ts'
import { useEntries } from './navigation.tsx'

export interface Hit {
  readonly key: string
  readonly group: string
  readonly title: string
  readonly hint: string
  readonly to: string
}

/** Where things without a page of their own are shown. */
const listOf: Readonly<Partial<Record<SearchKind, () => string>>> = { person: paths.people, node: paths.nodes }

const usePageHits = (text: string): readonly Hit[] => {
  const { t } = useTranslation()
  const wanted = text.toLowerCase()
  const group = t('shell.searchPages')
  return useEntries()
    .map((it) => ({ key: it.path, group, title: t(`pages.${it.title}`), hint: '', to: it.path }))
    .filter((it) => it.title.toLowerCase().includes(wanted))
}

type Group = SearchResult['groups'][number]

const hintOf = ({ note, organisationName }: Group['items'][number]): string => joined([note, organisationName])

/** The server refuses to look for one character: half of the province bears it. */
const shortest = 2

/** Pages first, then whatever of the province bears the name; `isWaiting` for what was typed last. */
export const useHits = (typed: string): { readonly hits: readonly Hit[]; readonly isWaiting: boolean } => {
  const { t } = useTranslation()
  const may = useMay()
  const text = useDeferredValue(typed.trim())
  const pages = usePageHits(text)
  const found = useAnswer(
    searchFind,
    { query: { text } },
    { enabled: text.length >= shortest && may(searchFind), keepPrevious: true },
  )
  const groups = text.length < shortest ? [] : (found.data?.groups ?? [])
  const things = groups.flatMap(({ kind, items }) =>
    items.flatMap((it) => {
      const to = pathOfId(it.id) ?? listOf[kind]?.()
      return to ? [{ key: it.id, group: t(`shell.searchKinds.${kind}`), title: it.name, hint: hintOf(it), to }] : []
    }),
  )
  const isAsked = found.isFetching && (found.data === undefined || found.isPlaceholderData)
  return { hits: [...pages, ...things], isWaiting: isAsked || text !== typed.trim() }
}
