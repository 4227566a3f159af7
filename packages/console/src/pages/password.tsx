import { useQueryClient } from '@tanstack/react-query'
import { passwordChange } from '@yiduo/contract'
import { App, Button, Flex, Form, Input, Typography } from 'antd'
import { useAct } from '../api/answers.ts'
import { settleSession, useLogOut } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { Page, Section } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'

interface Given {
  readonly oldPassword: string
  readonly newPassword: string
}

export const PasswordPage = ({ required = false }: { readonly required?: boolean }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<Given>()
  const queries = useQueryClient()
  const logOut = useLogOut()
  const change = useAct(passwordChange, {
    onDone: (session) => {
      void message.success(t('shell.password.done'))
      form.resetFields()
      void settleSession(queries, session)
    },
  })
  const rules = [{ required: true, message: t('shell.login.missing') }]
  const repeats = {
    validator: async (_rule: unknown, value: string) => {
      if (value !== form.getFieldValue('newPassword')) throw new Error(t('shell.password.differs'))
    },
  }
  return (
    <Page title={t('shell.password.title')} {...(required ? { hint: t('shell.password.required') } : {})}>
      <Section title={t('shell.account')}>
        <Form<Given>
          form={form}
          layout="vertical"
          style={{ maxWidth: 420 }}
          onFinish={({ oldPassword, newPassword }) => change.mutate({ body: { oldPassword, newPassword } })}
        >
          <Form.Item name="oldPassword" label={t('shell.password.old')} rules={rules}>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Form.Item name="newPassword" label={t('shell.password.new')} rules={rules}>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="repeat"
            label={t('shell.password.repeat')}
            dependencies={['newPassword']}
            rules={[...rules, repeats]}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Flex vertical gap={12} align="start">
            <ProblemNote error={change.error} />
            <Flex gap={8}>
              <Button type="primary" htmlType="submit" loading={change.isPending}>
                {t('shell.password.save')}
              </Button>
              {required && <Button onClick={() => void logOut()}>{t('shell.logOut')}</Button>}
            </Flex>
          </Flex>
        </Form>
        {required && <Typography.Text type="secondary">{t('shell.password.required')}</Typography.Text>}
      </Section>
    </Page>
  )
}
