import { auditOutcomes } from '@yiduo/contract'
import { Input, Select } from 'antd'
import { useActWords } from '../../components/act-word.ts'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { endOfDay } from '../../ui/day.ts'
import { useFilters } from '../../ui/search.ts'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const filterKeys = [
  'operation',
  'actor',
  'target',
  'outcome',
  'trace',
  'organisationId',
  'emergency',
  'from',
  'until',
] as const
type Key = (typeof filterKeys)[number]
type Filters = ReturnType<typeof useFilters<Key>>

/** Days of Beijing in the address, instants in the question: the last day is meant whole. */
export const spanOf = (from: string | undefined, until: string | undefined) => ({
  ...(from ? { from: `${from}T00:00:00+08:00` } : {}),
  ...(until ? { until: endOfDay(until) } : {}),
})

const emergencies = ['true', 'false'] as const

/** What of the trail is asked for: the list and the export ask the same. */
export const useTrailFilters = () => {
  const state = useFilters(filterKeys)
  const [{ from, until, emergency, outcome: told, ...named }, setFilters] = state
  const outcome = auditOutcomes.find((it) => it === told)
  const query = {
    ...named,
    ...(outcome ? { outcome } : {}),
    ...(emergency === undefined ? {} : { emergency: emergency === 'true' }),
    ...spanOf(from, until),
  }
  const clear = () => setFilters(Object.fromEntries(filterKeys.map((it) => [it, undefined])))
  return { state, query, isCut: Object.keys(state[0]).length > 0, clear }
}

/** Words that are looked for as they are. */
const WordField = ({
  label,
  width,
  value,
  onChange,
}: {
  readonly label: string
  readonly width: number
  readonly value: string | undefined
  readonly onChange: (words: string | undefined) => void
}) => (
  <Input.Search
    // What a link or the clearing of all filters says stands in it.
    key={value ?? ''}
    allowClear
    aria-label={label}
    placeholder={label}
    style={{ width }}
    maxLength={80}
    defaultValue={value}
    onSearch={(words) => onChange(words.trim() || undefined)}
  />
)

/** Who, what and on what. */
export const ActFilters = ({
  filters,
  onChange,
}: {
  readonly filters: Readonly<Partial<Record<'operation' | 'actor' | 'target', string>>>
  readonly onChange: (patch: Partial<Record<'operation' | 'actor' | 'target', string | undefined>>) => void
}) => {
  const { t } = useTranslation()
  const words = useActWords()
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('oversight.operation')}
        placeholder={t('oversight.operation')}
        style={{ width: 200 }}
        value={filters.operation}
        onChange={(operation) => onChange({ operation })}
        options={[...words].map(([value, label]) => ({ value, label }))}
      />
      <WordField
        label={t('oversight.actor')}
        width={160}
        value={filters.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <WordField
        label={t('oversight.target')}
        width={200}
        value={filters.target}
        onChange={(target) => onChange({ target })}
      />
    </>
  )
}

export const DayFilters = ({
  filters,
  onChange,
}: {
  readonly filters: Readonly<Partial<Record<'from' | 'until', string>>>
  readonly onChange: (patch: Partial<Record<'from' | 'until', string | undefined>>) => void
}) => {
  const { t } = useTranslation()
  return (
    <>
      <Input
        type="date"
        aria-label={t('oversight.from')}
        style={{ width: 140 }}
        value={filters.from ?? ''}
        onChange={(event) => onChange({ from: event.target.value || undefined })}
      />
      <Input
        type="date"
        aria-label={t('oversight.to')}
        style={{ width: 140 }}
        value={filters.until ?? ''}
        onChange={(event) => onChange({ until: event.target.value || undefined })}
      />
    </>
  )
}

export const TrailFilters = ({ state: [filters, setFilters] }: { readonly state: Filters }) => {
  const { t } = useTranslation()
  return (
    <>
      <ActFilters filters={filters} onChange={setFilters} />
      <WordFilter
        label={t('trail.outcome')}
        words="auditOutcome"
        codes={auditOutcomes}
        width={120}
        value={filters.outcome}
        onChange={(outcome) => setFilters({ outcome })}
      />
      <OrganisationSelect
        label={t('trail.scope')}
        width={190}
        {...(filters.organisationId ? { value: filters.organisationId } : {})}
        onChange={(organisationId) => setFilters({ organisationId })}
      />
      <Select
        allowClear
        aria-label={t('trail.byEmergency')}
        placeholder={t('trail.byEmergency')}
        style={{ width: 150 }}
        value={emergencies.find((it) => it === filters.emergency)}
        onChange={(emergency) => setFilters({ emergency })}
        options={emergencies.map((it) => ({ value: it, label: t(`trail.emergencies.${it}`) }))}
      />
      <WordField
        label={t('oversight.trace')}
        width={160}
        value={filters.trace}
        onChange={(trace) => setFilters({ trace })}
      />
      <DayFilters filters={filters} onChange={setFilters} />
    </>
  )
}
