import { Link } from '@tanstack/react-router'
import { dataCentreList, organisationList, platformAdd, platformGet } from '@yiduo/contract'
import { Alert, Button, Flex, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { OperationProgress } from '../../components/operation-progress.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { longestCode, longestName } from '../../ui/limited.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { ConnectionFields, type ConnectionValues, type DriverName, drivers, filled } from './connection-fields.tsx'
import { Capabilities } from './platform.tsx'
import styles from './platforms.module.css'

interface Values extends ConnectionValues {
  readonly dataCentreId: string
  readonly code: string
  readonly name: string
  readonly driver: DriverName
  readonly securityGrade: number
  readonly architecture: 'x86-64' | 'arm64' | 'loongarch64'
  readonly vcpuOverselling: number
  readonly providerOrganisationId?: string
}

const initial = { driver: 'openstack', securityGrade: 3, architecture: 'x86-64', vcpuOverselling: 1 } as const
const architectures = ['x86-64', 'arm64', 'loongarch64'] as const
const whole = { query: { limit: 500 } } as const
const providers = { query: { limit: 500, actor: 'provider' } } as const

/** Which cloud it is, whose, and what it may carry. */
const Identity = () => {
  const { t } = useTranslation()
  const centres = useAnswer(dataCentreList, whole)
  const suppliers = useAnswer(organisationList, providers)
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <div className={styles.pair}>
      <Form.Item name="name" label={t('clouds.name')} rules={[...rules, { max: longestName }]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('clouds.code')}
        extra={t('clouds.codeHint')}
        rules={[...rules, { max: longestCode }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="dataCentreId" label={t('clouds.centre')} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={centres.data?.items.map((it) => ({ value: it.id, label: it.name }))}
        />
      </Form.Item>
      <Form.Item name="providerOrganisationId" label={t('clouds.provider')}>
        <Select
          allowClear
          placeholder={t('clouds.noProvider')}
          options={suppliers.data?.items.map((it) => ({ value: it.id, label: it.name }))}
        />
      </Form.Item>
      <Form.Item name="securityGrade" label={t('clouds.securityGrade')} rules={rules}>
        <Select options={[1, 2, 3, 4].map((grade) => ({ value: grade, label: t('terms.grade', { grade }) }))} />
      </Form.Item>
      <Form.Item name="architecture" label={t('clouds.architecture')} rules={rules}>
        <Select options={architectures.map((it) => ({ value: it, label: it }))} />
      </Form.Item>
      <Form.Item name="vcpuOverselling" label={t('clouds.overselling')} rules={rules}>
        <InputNumber min={1} max={16} step={0.5} suffix=": 1" style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="driver" label={t('clouds.driver')} rules={rules}>
        <Select options={drivers.map((it) => ({ value: it, label: t(`clouds.drivers.${it}`) }))} />
      </Form.Item>
    </div>
  )
}

/** The probe as it runs, and what it found: state, abilities, what is missing. */
const Found = ({ platformId, operationId }: { readonly platformId: string; readonly operationId: string }) => {
  const { t } = useTranslation()
  const { data } = useAnswer(platformGet, { params: { platformId } }, { refetchMs: 3_000 })
  return (
    <Section title={t('clouds.probing')} extra={<Link to={paths.platform(platformId)}>{t('clouds.open')}</Link>}>
      <Flex vertical gap={12}>
        <OperationProgress id={operationId} />
        {data && data.state !== 'unprobed' && (
          <>
            <div>
              <StateTag of="platformState" state={data.state} />
            </div>
            {data.state === 'online' ? (
              <Capabilities platform={data} />
            ) : (
              <Alert type="info" showIcon title={t('clouds.addedAlready')} />
            )}
          </>
        )}
      </Flex>
    </Section>
  )
}

export const AddPlatformPage = () => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const driver = Form.useWatch('driver', form) ?? initial.driver
  const [added, setAdded] = useState<{ readonly platformId: string; readonly operationId: string } | null>(null)
  const add = useAct(platformAdd, {
    onDone: ({ platform, operation }) => setAdded({ platformId: platform.id, operationId: operation.id }),
  })
  const send = ({ auth: _auth, credential, settings, ...rest }: Values) =>
    add.mutate({ body: { ...rest, credential: filled(credential), settings: filled(settings) } })
  return (
    <Page
      title={t('pages.addPlatform')}
      hint={t('clouds.addHint')}
      crumbs={[{ title: t('pages.platforms'), to: paths.platforms() }]}
    >
      {added ? (
        <Found {...added} />
      ) : (
        <Form<Values> form={form} layout="vertical" className={styles.form} initialValues={initial} onFinish={send}>
          <Section title={t('clouds.where')}>
            <Identity />
          </Section>
          <Section title={t('clouds.connection')}>
            <ConnectionFields driver={driver} isNew />
          </Section>
          <Flex vertical gap={12} align="start">
            <ProblemNote error={add.error} />
            <Button type="primary" htmlType="submit" loading={add.isPending}>
              {t('clouds.connect')}
            </Button>
          </Flex>
        </Form>
      )}
    </Page>
  )
}
