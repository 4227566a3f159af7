import type { Resource } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'

/** `4 核 · 8 GiB · 40 GiB`: as large as was promised. */
export const useSizeTold = (): ((it: Pick<Resource, 'desired'>) => string) => {
  const { t } = useTranslation()
  const { memory, storage } = useFormats()
  return ({ desired: { vcpus, memoryMib, diskGib, sizeGib } }) =>
    [
      vcpus !== undefined && `${vcpus} ${t('states.units.vcpus')}`,
      memoryMib !== undefined && memory(memoryMib),
      diskGib !== undefined && storage(diskGib),
      sizeGib !== undefined && storage(sizeGib),
    ]
      .filter((it) => it !== false)
      .join(' · ')
}

const wordsIn = (it: unknown): readonly string[] =>
  Array.isArray(it) ? it.filter((one) => typeof one === 'string') : typeof it === 'string' ? [it] : []

/** Where it can be reached, as the cloud showed it last. */
export const addressesOf = ({ observed }: Pick<Resource, 'observed'>): readonly string[] => [
  ...new Set([...wordsIn(observed?.addresses), ...wordsIn(observed?.address)]),
]
