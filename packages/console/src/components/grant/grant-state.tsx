import type { Grant } from '@yiduo/contract'
import { Flex, Tag, Tooltip } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { StateTag } from '../../ui/state-tag.tsx'

/** Whether it allows anything now, and whether it is for emergencies alone. */
export const GrantState = ({ grant: { state, emergency } }: { readonly grant: Grant }) => {
  const { t } = useTranslation()
  return (
    <Flex gap={4}>
      <StateTag of="grantState" state={state} />
      {emergency && (
        <Tooltip title={t('grants.emergencyHint')}>
          <Tag variant="outlined">{t('grants.emergencyTag')}</Tag>
        </Tooltip>
      )}
    </Flex>
  )
}
