import { type Resource, serverRename, serverRenameQuote, volumeRename, volumeRenameQuote } from '@yiduo/contract'
import { Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { isTooLong, LimitedInput, longestName } from '../../ui/limited.tsx'
import { ChangeButton } from '../change-dialog.tsx'

/** Another name, here and on the cloud, for a server or a volume. */
export const RenameButton = ({
  of,
  size = 'middle',
}: {
  readonly of: Resource
  readonly size?: 'small' | 'middle'
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(of.name)
  const name = typed.trim()
  const isAnother = name !== '' && name !== of.name && !isTooLong(name, longestName)
  const shared = { label: t('resources.rename'), stays: true, button: { size } }
  const field = (
    <Form.Item label={t('resources.name')}>
      <LimitedInput
        aria-label={t('resources.name')}
        longest={longestName}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </Form.Item>
  )
  if (of.kind === 'server')
    return (
      <ChangeButton
        {...shared}
        ask={serverRename}
        quote={serverRenameQuote}
        callOf={() => (isAnother ? { params: { serverId: of.id }, body: { name } } : null)}
      >
        {field}
      </ChangeButton>
    )
  return (
    <ChangeButton
      {...shared}
      ask={volumeRename}
      quote={volumeRenameQuote}
      callOf={() => (isAnother ? { params: { volumeId: of.id }, body: { name } } : null)}
    >
      {field}
    </ChangeButton>
  )
}
