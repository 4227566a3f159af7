import { Typography } from 'antd'
import { useTranslation } from '../i18n/index.ts'
import { PlainTable } from './plain-table.tsx'

interface Entry {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** `lines.0.name` → its value; deeper than people read, as it is written. */
const flatten = (value: unknown, path = ''): ReadonlyMap<string, string> => {
  if (value === null || value === undefined) return new Map()
  if (typeof value !== 'object') return new Map([[path, String(value)]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, path ? `${path}.${key}` : key)]))
}

const entriesOf = (before: unknown, after: unknown): readonly Entry[] => {
  const [was, is] = [flatten(before), flatten(after)]
  const paths = [...new Set([...was.keys(), ...is.keys()])]
  return paths
    .map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }))
    .filter((it) => it.before !== it.after)
}

/** What an act changed, field by field; what stayed the same is left out. */
export const Difference = ({ before, after }: { readonly before: unknown; readonly after: unknown }) => {
  const { t } = useTranslation()
  const entries = entriesOf(before, after)
  if (entries.length === 0) return <Typography.Text type="secondary">{t('oversight.noDifference')}</Typography.Text>
  return (
    <PlainTable
      label={t('oversight.difference')}
      rows={entries}
      idOf={(it) => it.path}
      columns={[
        { id: 'path', title: t('oversight.field'), cell: (it) => <code>{it.path}</code> },
        {
          id: 'before',
          title: t('oversight.before'),
          cell: (it) => (it.before === null ? '–' : <Typography.Text delete>{it.before}</Typography.Text>),
        },
        { id: 'after', title: t('oversight.after'), cell: (it) => it.after ?? '–' },
      ]}
    />
  )
}
