import { Link } from '@tanstack/react-router'
import type { VocabularyName } from '@yiduo/contract'
import { useMemo } from 'react'
import { useWord } from '../../i18n/index.ts'
import { Instant } from '../clock.tsx'
import { useFormats } from '../format.ts'
import { StateTag } from '../state-tag.tsx'
import type { TableColumn } from './columns.ts'

type More<T> = Pick<TableColumn<T>, 'grow' | 'hidden' | 'align'>

/** Columns that every list has, each of its kind alike everywhere: in the row and in the sheet. */
export const useColumnKit = () => {
  const word = useWord()
  const { money, instant, instantExact } = useFormats()
  return useMemo(
    () => ({
      /** Words or figures as they are. */
      text: <T,>(
        id: string,
        title: string,
        width: number,
        of: (row: T) => string | number | null,
        more: More<T> = {},
      ): TableColumn<T> => ({ id, title, width, ...more, cell: (row) => of(row) ?? '–', value: of }),

      /** The name of the thing, leading to its page. */
      link: <T,>(
        id: string,
        title: string,
        width: number,
        of: { readonly name: (row: T) => string; readonly to: (row: T) => string },
        more: More<T> = {},
      ): TableColumn<T> => ({
        id,
        title,
        width,
        ...more,
        cell: (row) => <Link to={of.to(row)}>{of.name(row)}</Link>,
        value: of.name,
      }),

      state: <T,>(
        title: string,
        width: number,
        of: { readonly words: VocabularyName; readonly state: (row: T) => string },
      ): TableColumn<T> => ({
        id: 'state',
        title,
        width,
        cell: (row) => <StateTag of={of.words} state={of.state(row)} />,
        value: (row) => word(of.words, of.state(row)),
      }),

      /** Of 1/10000 yuan; in a sheet it is yuan. */
      money: <T,>(
        id: string,
        title: string,
        width: number,
        of: (row: T) => number | null,
        more: More<T> = {},
      ): TableColumn<T> => ({
        id,
        title,
        width,
        align: 'end',
        ...more,
        cell: (row) => {
          const amount = of(row)
          return amount === null ? '–' : money(amount)
        },
        value: (row) => {
          const amount = of(row)
          return amount === null ? null : amount / 10_000
        },
      }),

      instant: <T,>(
        id: string,
        title: string,
        width: number,
        of: (row: T) => string | null,
        { exact = false, ...more }: More<T> & { readonly exact?: boolean } = {},
      ): TableColumn<T> => ({
        id,
        title,
        width,
        ...more,
        cell: (row) => <Instant at={of(row)} exact={exact} />,
        value: (row) => {
          const at = of(row)
          return at && (exact ? instantExact : instant)(at)
        },
      }),
    }),
    [word, money, instant, instantExact],
  )
}
