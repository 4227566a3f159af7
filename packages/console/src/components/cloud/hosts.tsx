import { type Host, hostList } from '@yiduo/contract'
import { Button, Flex, Tag, Typography } from 'antd'
import { rowsOf, usePages } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Section } from '../../ui/page.tsx'
import { HeatGrid } from './heat.tsx'

const shareOf = ({ used, physical }: Host['vcpus']): number => (physical === 0 ? 0 : used / physical)
const fullness = (it: Host): number => Math.max(shareOf(it.vcpus), shareOf(it.memoryMib))

const Note = ({ host }: { readonly host: Host }) => {
  const { t } = useTranslation()
  const { memory } = useFormats()
  return (
    <>
      <Typography.Text type="secondary">
        {joined([t('clouds.cores', { count: host.vcpus.physical }), memory(host.memoryMib.physical), host.zone])}
      </Typography.Text>
      {!host.inOrder && (
        <Tag color="warning">
          {t('clouds.outOfOrder')} · {host.nativeState}
        </Tag>
      )}
    </>
  )
}

/** The hosts that a cloud shows, the fullest first; nothing where it shows none. */
export const Hosts = ({ platformId }: { readonly platformId: string }) => {
  const { t } = useTranslation()
  const pages = usePages(hostList, { platformId })
  const hosts = rowsOf(pages)
  if (hosts.length === 0) return null
  return (
    <Section title={t('clouds.hosts')}>
      <HeatGrid
        label={t('clouds.hosts')}
        of={hosts
          .toSorted((a, b) => fullness(b) - fullness(a) || a.name.localeCompare(b.name))
          .map((it) => ({
            id: it.id,
            title: it.name,
            note: <Note host={it} />,
            shares: [
              { label: t('clouds.vcpus'), share: shareOf(it.vcpus) },
              { label: t('clouds.memory'), share: shareOf(it.memoryMib) },
            ],
          }))}
      />
      {pages.hasNextPage && (
        <Flex justify="center">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('clouds.moreHosts')}
          </Button>
        </Flex>
      )}
    </Section>
  )
}
