import { type Webhook, webhookCreate, webhookDelete, webhookList, webhookTest } from '@yiduo/contract'
import { Alert, App, Button, Flex, Form, Typography } from 'antd'
import { useState } from 'react'
import { rowsOf, useAct, usePages } from '../../api/answers.ts'
import { useMay, useSession } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { TextItem } from '../../components/form-items.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { ProblemPanel, useTold } from '../../ui/problem.tsx'
import { Deliveries } from './deliveries.tsx'

interface Values {
  readonly organisationId: string
  readonly endpoint: string
}

const CreateWebhook = ({ onSecret }: { readonly onSecret: (secret: string) => void }) => {
  const { t } = useTranslation()
  const { person } = useSession()
  return (
    <FormButton<typeof webhookCreate, Values>
      operation={webhookCreate}
      label={t('webhooks.create')}
      button={{ type: 'primary' }}
      initial={{ organisationId: person.organisationId }}
      callOf={({ organisationId, endpoint }) => ({ body: { organisationId, endpoint: endpoint.trim() } })}
      onDone={({ secret }) => secret !== null && onSecret(secret)}
    >
      <Form.Item
        name="organisationId"
        label={t('oversight.organisation')}
        rules={[{ required: true, message: t('states.required') }]}
      >
        <OrganisationSelect />
      </Form.Item>
      <TextItem
        name="endpoint"
        label={t('webhooks.endpoint')}
        extra={t('webhooks.endpointHint')}
        placeholder="https://"
        maxLength={2_000}
      />
    </FormButton>
  )
}

const TestButton = ({ webhook }: { readonly webhook: Webhook }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const may = useMay()
  const told = useTold()
  const act = useAct(webhookTest, { onDone: () => void message.success(t('webhooks.tested')) })
  if (!may(webhookTest)) return null
  return (
    <Button
      size="small"
      loading={act.isPending}
      onClick={() =>
        act.mutate({ params: { webhookId: webhook.id } }, { onError: (error) => void message.error(told(error).title) })
      }
    >
      {t('webhooks.test')}
    </Button>
  )
}

const Webhooks = ({ items }: { readonly items: readonly Webhook[] }) => {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Webhook | null>(null)
  return (
    <>
      <PlainTable
        label={t('pages.webhooks')}
        rows={items}
        idOf={(it) => it.id}
        columns={[
          { id: 'endpoint', title: t('webhooks.endpoint'), cell: (it) => <code>{it.endpoint}</code> },
          {
            id: 'organisation',
            title: t('oversight.organisation'),
            cell: (it) => <OrganisationName id={it.organisationId} />,
          },
          { id: 'waiting', title: t('webhooks.waiting'), align: 'end', cell: (it) => it.waitingCount },
          { id: 'delivered', title: t('webhooks.deliveredAt'), cell: (it) => <Instant at={it.deliveredAt} /> },
          {
            id: 'problem',
            title: t('webhooks.problem'),
            cell: (it) => (it.problem ? <Typography.Text type="danger">{it.problem}</Typography.Text> : '–'),
          },
          {
            id: 'acts',
            title: t('oversight.acts'),
            cell: (it) => (
              <Flex gap={6}>
                <Button size="small" onClick={() => setShown(it)}>
                  {t('webhooks.deliveries')}
                </Button>
                <TestButton webhook={it} />
                <ActButton
                  operation={webhookDelete}
                  label={t('states.remove')}
                  danger
                  button={{ size: 'small', danger: true }}
                  callOf={() => ({ params: { webhookId: it.id } })}
                >
                  <Typography.Paragraph>
                    {t('webhooks.removeHint')} <code>{it.endpoint}</code>
                  </Typography.Paragraph>
                </ActButton>
              </Flex>
            ),
          },
        ]}
      />
      {shown && <Deliveries webhook={shown} onClose={() => setShown(null)} />}
    </>
  )
}

/** Where other programs are told what people are told. */
export const WebhooksPage = () => {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const pages = usePages(webhookList, {})
  const items = rowsOf(pages)
  const create = <CreateWebhook onSecret={setSecret} />
  return (
    <Page title={t('pages.webhooks')} hint={t('webhooks.hint')} actions={create}>
      {secret && (
        <Alert
          type="warning"
          showIcon
          closable={{ onClose: () => setSecret(null) }}
          style={{ marginBottom: 16 }}
          title={t('webhooks.secret')}
          description={
            <Typography.Text copyable code>
              {secret}
            </Typography.Text>
          }
        />
      )}
      <Section title={t('pages.webhooks')}>
        {pages.isPending && !pages.error && <Waiting rows={3} />}
        {pages.error && items.length === 0 && <ProblemPanel error={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.data && items.length === 0 && <Nothing words={t('webhooks.empty')} />}
        {items.length > 0 && <Webhooks items={items} />}
        {pages.hasNextPage && (
          <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('states.more')}
          </Button>
        )}
      </Section>
    </Page>
  )
}
