import { Form, Input, Select } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { longestEndpoint } from '../../ui/limited.tsx'
import styles from './platforms.module.css'

/** What each driver asks for; a driver that is not here is connected over the API. */
const asked = {
  openstack: {
    endpoint: 'https://keystone.example.gov.cn:5000/v3',
    auths: {
      password: ['username', 'password'],
      application: ['applicationCredentialId', 'applicationCredentialSecret'],
    },
    settings: ['region', 'projectName', 'userDomainName', 'projectDomainName', 'externalNetwork'],
  },
  sim: { endpoint: 'sim://example', auths: { password: ['token'] }, settings: [] },
} as const

export const drivers = ['openstack', 'sim'] as const
export type DriverName = (typeof drivers)[number]

const secrets: ReadonlySet<string> = new Set(['password', 'applicationCredentialSecret', 'token'])

export interface ConnectionValues {
  readonly endpoint: string
  readonly auth?: 'password' | 'application'
  readonly credential?: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, string>>
}

/** What was left empty is not said, so that the driver's own default holds. */
export const filled = (values: Readonly<Record<string, string>> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : [])),
  )

/** Endpoint, credential and settings of one platform, inside a form. */
export const ConnectionFields = ({ driver, isNew }: { readonly driver: DriverName; readonly isNew: boolean }) => {
  const { t } = useTranslation()
  const auth = Form.useWatch<'password' | 'application' | undefined>('auth') ?? 'password'
  const rules = [{ required: isNew, whitespace: true, message: t('states.required') }]
  const { endpoint, auths, settings } = asked[driver]
  const credential = 'application' in auths ? auths[auth] : auths.password
  return (
    <>
      <Form.Item
        name="endpoint"
        label={t('clouds.endpoint')}
        extra={t('clouds.endpointHint')}
        rules={[{ required: true, whitespace: true, message: t('states.required') }, { max: longestEndpoint }]}
      >
        <Input placeholder={endpoint} autoComplete="off" />
      </Form.Item>
      {'application' in auths && (
        <Form.Item name="auth" label={t('clouds.auth')} initialValue="password">
          <Select
            options={[
              { value: 'password', label: t('clouds.auths.password') },
              { value: 'application', label: t('clouds.auths.application') },
            ]}
          />
        </Form.Item>
      )}
      <div className={styles.pair}>
        {credential.map((it) => (
          <Form.Item key={it} name={['credential', it]} label={t(`clouds.credential.${it}`)} rules={rules}>
            {secrets.has(it) ? <Input.Password autoComplete="new-password" /> : <Input autoComplete="off" />}
          </Form.Item>
        ))}
        {settings.map((it) => (
          <Form.Item key={it} name={['settings', it]} label={t(`clouds.settings.${it}`)}>
            <Input autoComplete="off" />
          </Form.Item>
        ))}
      </div>
    </>
  )
}
