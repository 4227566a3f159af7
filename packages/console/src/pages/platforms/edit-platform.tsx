import { type PlatformDetail, platformEdit } from '@yiduo/contract'
import { Form, Input } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { longestEndpoint, longestName } from '../../ui/limited.tsx'
import { ConnectionFields, type ConnectionValues, drivers, filled } from './connection-fields.tsx'

interface Values extends ConnectionValues {
  readonly name: string
}

/** Name and connection; the credential stays as it is where none is typed. It is probed again at once. */
export const EditPlatform = ({
  platform,
  onBegun,
}: {
  readonly platform: PlatformDetail
  readonly onBegun: (operationId: string) => void
}) => {
  const { t } = useTranslation()
  const driver = drivers.find((it) => it === platform.driver)
  const words = Object.entries(platform.settings).filter((it): it is [string, string] => typeof it[1] === 'string')
  return (
    <FormButton<typeof platformEdit, Values>
      operation={platformEdit}
      label={t('states.edit')}
      edits={{ name: platform.name, revision: platform.revision }}
      initial={{ name: platform.name, endpoint: platform.endpoint, settings: Object.fromEntries(words) }}
      callOf={({ name, endpoint, credential, settings }) => ({
        params: { platformId: platform.id },
        body: {
          name: name.trim(),
          endpoint: endpoint.trim(),
          // Settings that this form does not show stay as they are.
          settings: {
            ...Object.fromEntries(Object.entries(platform.settings).filter((it) => typeof it[1] !== 'string')),
            ...filled(settings),
          },
          ...(Object.keys(filled(credential)).length > 0 ? { credential: filled(credential) } : {}),
        },
      })}
      onDone={({ operation }) => onBegun(operation.id)}
    >
      <Form.Item
        name="name"
        label={t('clouds.name')}
        rules={[{ required: true, message: t('states.required') }, { max: longestName }]}
      >
        <Input />
      </Form.Item>
      {driver ? (
        <ConnectionFields driver={driver} isNew={false} />
      ) : (
        <Form.Item name="endpoint" label={t('clouds.endpoint')} rules={[{ max: longestEndpoint }]}>
          <Input />
        </Form.Item>
      )}
    </FormButton>
  )
}
