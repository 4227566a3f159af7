import type { Grant } from '@yiduo/contract'
import { Flex, Tag, Tooltip } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { StateTag } from '../../ui/state-tag.tsx'

/** Whether it allows anything now, whether it is for emergencies alone, and whether it follows claims. */
export const GrantState = ({ grant: { state, emergency, provider } }: { readonly grant: Grant }) => {
  const { t } = useTranslation()
  return (
    <Flex gap={4}>
      <StateTag of="grantState" state={state} />
      {emergency && (
        <Tooltip title={t('grants.emergencyHint')}>
          <Tag variant="outlined">{t('grants.emergencyTag')}</Tag>
        </Tooltip>
      )}
      {provider?.enabled === true && (
        <Tooltip title={t('grants.followsHint', { provider: provider.name })}>
          <Tag variant="outlined">{t('grants.follows')}</Tag>
        </Tooltip>
      )}
      {provider?.enabled === false && (
        <Tooltip title={t('grants.restsHint', { provider: provider.name })}>
          <Tag color="warning">{t('grants.rests')}</Tag>
        </Tooltip>
      )}
    </Flex>
  )
}
