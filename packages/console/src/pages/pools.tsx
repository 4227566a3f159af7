import { Link } from '@tanstack/react-router'
import { type Pool, poolList } from '@yiduo/contract'
import { useAnswer } from '../api/answers.ts'
import { HeatGrid } from '../components/cloud/heat.tsx'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { Asked } from '../ui/asked.tsx'
import { Instant } from '../ui/clock.tsx'
import { useFormats } from '../ui/format.ts'
import { Nothing } from '../ui/nothing.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'

type Amount = Pool['vcpus']

const shareOf = ({ promised, sellable }: Amount): number => (sellable === 0 ? 0 : promised / sellable)
const fullness = (pool: Pool): number => Math.max(shareOf(pool.vcpus), shareOf(pool.memoryMib))

const Heat = ({ pools }: { readonly pools: readonly Pool[] }) => {
  const { t } = useTranslation()
  return (
    <HeatGrid
      label={t('clouds.heat')}
      of={pools.map((it) => ({
        id: `${it.platformId} ${it.architecture}`,
        title: <Link to={paths.platform(it.platformId)}>{it.platformName}</Link>,
        shares: [
          { label: t('clouds.vcpus'), share: shareOf(it.vcpus) },
          { label: t('clouds.memory'), share: shareOf(it.memoryMib) },
        ],
      }))}
    />
  )
}

const Figures = ({ pools }: { readonly pools: readonly Pool[] }) => {
  const { t } = useTranslation()
  const { number, memory, percent } = useFormats()
  const of = (amount: Amount, show: (value: number) => string) => (
    <>
      {show(amount.promised)} / {show(amount.sellable)}
    </>
  )
  return (
    <PlainTable
      label={t('pages.pools')}
      rows={pools}
      idOf={(it) => `${it.platformId} ${it.architecture}`}
      columns={[
        {
          id: 'platform',
          title: t('pages.platforms'),
          cell: (it) => <Link to={paths.platform(it.platformId)}>{it.platformName}</Link>,
        },
        { id: 'architecture', title: t('clouds.architecture'), cell: (it) => it.architecture },
        { id: 'hosts', title: t('clouds.hosts'), align: 'end', cell: (it) => it.hosts ?? '–' },
        {
          id: 'vcpus',
          title: `${t('clouds.vcpus')} ${t('clouds.promisedShort')} / ${t('clouds.sellable')}`,
          align: 'end',
          cell: (it) => of(it.vcpus, number),
        },
        { id: 'vcpuShare', title: t('clouds.share'), align: 'end', cell: (it) => percent(shareOf(it.vcpus)) },
        {
          id: 'memory',
          title: `${t('clouds.memory')} ${t('clouds.promisedShort')} / ${t('clouds.sellable')}`,
          align: 'end',
          cell: (it) => of(it.memoryMib, memory),
        },
        { id: 'memoryShare', title: t('clouds.share'), align: 'end', cell: (it) => percent(shareOf(it.memoryMib)) },
        { id: 'observedAt', title: t('clouds.observedAt'), cell: (it) => <Instant at={it.observedAt} /> },
      ]}
    />
  )
}

/** How full each pool is, the fullest first: to be seen at a glance, and to be read. */
export const PoolsPage = () => {
  const { t } = useTranslation()
  const asked = useAnswer(poolList, {})
  return (
    <Page title={t('pages.pools')} hint={t('clouds.poolsHint')}>
      <Asked of={asked}>
        {({ items }) => {
          const pools = items.toSorted((a, b) => fullness(b) - fullness(a))
          if (pools.length === 0) return <Nothing words={t('clouds.poolsEmpty')} />
          return (
            <>
              <Section title={t('clouds.heat')}>
                <Heat pools={pools} />
              </Section>
              <Section title={t('pages.pools')}>
                <Figures pools={pools} />
              </Section>
            </>
          )
        }}
      </Asked>
    </Page>
  )
}
