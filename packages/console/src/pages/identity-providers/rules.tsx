import {
  type IdentityProvider,
  type IdentityProviderRules,
  identityProviderSetRules,
  roles,
  separatedDuties,
} from '@yiduo/contract'
import { Button, Flex, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { FormButton } from '../../components/form-dialog.tsx'
import { CheckItem, ChoiceItem } from '../../components/form-items.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'

type Values = Omit<IdentityProviderRules, 'organisationId'> & { readonly organisationId?: string }

/** Lines of a mapping: what the claim says, and what it means here. */
const Lines = ({
  name,
  label,
  extra,
  children,
}: {
  readonly name: string
  readonly label: string
  readonly extra?: string
  readonly children: (place: number) => ReactNode
}) => {
  const { t } = useTranslation()
  const required = { required: true, message: t('states.required') }
  return (
    <Form.Item label={label} extra={extra}>
      <Form.List name={name}>
        {(fields, { add, remove }) => (
          <Flex vertical gap={8}>
            {fields.map(({ key, name: place }) => (
              <Flex key={key} gap={8} align="start" wrap>
                <Form.Item name={[place, 'value']} rules={[required]} noStyle>
                  <Input
                    aria-label={`${label} ${place + 1} · ${t('providers.value')}`}
                    placeholder={t('providers.value')}
                    maxLength={200}
                    style={{ flex: '1 1 200px', width: 'auto' }}
                  />
                </Form.Item>
                {children(place)}
                <Button onClick={() => remove(place)}>{t('states.remove')}</Button>
              </Flex>
            ))}
            <Button type="dashed" onClick={() => add()}>
              {t('providers.add')}
            </Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  )
}

const RoleOf = ({ place }: { readonly place: number }) => {
  const { t } = useTranslation()
  const mappable = roles.filter((it) => !separatedDuties.includes(it))
  const required = { required: true, message: t('states.required') }
  return (
    <>
      <Form.Item name={[place, 'role']} rules={[required]} noStyle>
        <Select
          aria-label={`${t('providers.role')} ${place + 1}`}
          placeholder={t('providers.role')}
          style={{ flex: '1 1 110px' }}
          options={mappable.map((value) => ({ value, label: t(`shell.roles.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={[place, 'reach']} initialValue="own" noStyle>
        <Select
          aria-label={`${t('providers.reach')} ${place + 1}`}
          style={{ flex: '1 1 110px' }}
          options={(['own', 'subtree'] as const).map((value) => ({ value, label: t(`providers.reaches.${value}`) }))}
        />
      </Form.Item>
    </>
  )
}

/** Whom a provider lets in, and what its claims mean here. */
export const EditRules = ({ provider }: { readonly provider: IdentityProvider }) => {
  const { t } = useTranslation()
  const { organisationId, ...rest } = provider.rules
  return (
    <FormButton<typeof identityProviderSetRules, Values>
      operation={identityProviderSetRules}
      label={t('providers.rules')}
      button={{ size: 'small' }}
      width={680}
      initial={{ ...rest, ...(organisationId === null ? {} : { organisationId }) }}
      edits={{ name: provider.name, revision: provider.revision }}
      callOf={(it) => ({
        params: { identityProviderId: provider.id },
        body: {
          ...{ newcomers: it.newcomers, adopts: it.adopts, organisationId: it.organisationId ?? null },
          ...{ organisations: it.organisations ?? [], roles: it.roles ?? [] },
        },
      })}
    >
      <ChoiceItem
        name="newcomers"
        label={t('providers.newcomers')}
        options={(['refuse', 'create'] as const).map((value) => ({
          value,
          label: t(`providers.newcomersOf.${value}`),
        }))}
      />
      <CheckItem name="adopts" label={t('providers.adopts')} />
      <Form.Item name="organisationId" label={t('providers.organisation')} extra={t('providers.organisationHint')}>
        <OrganisationSelect />
      </Form.Item>
      <Lines name="organisations" label={t('providers.organisations')}>
        {(place) => (
          <div style={{ flex: '1 1 220px' }}>
            <Form.Item
              name={[place, 'organisationId']}
              rules={[{ required: true, message: t('states.required') }]}
              noStyle
            >
              <OrganisationSelect />
            </Form.Item>
          </div>
        )}
      </Lines>
      <Lines name="roles" label={t('providers.roles')} extra={t('providers.rolesHint')}>
        {(place) => <RoleOf place={place} />}
      </Lines>
    </FormButton>
  )
}
