import { type Session, secondFactorList, totpProve } from '@yiduo/contract'
import { Button, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { client } from '../../api/client.ts'
import { provePasskey } from '../../api/passkeys.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { ProblemNote } from '../../ui/problem.tsx'

/** Six digits; spaces between them, as many apps show them, do not matter. */
export const CodeField = ({ autoFocus = true }: { readonly autoFocus?: boolean }) => {
  const { t } = useTranslation()
  const rules = [
    { required: true, message: t('states.required') },
    { pattern: /^\s*\d{3}\s*\d{3}\s*$/, message: t('account.codeHint') },
  ]
  return (
    <Form.Item name="code" label={t('account.code')} rules={rules}>
      <Input inputMode="numeric" autoComplete="one-time-code" autoFocus={autoFocus} maxLength={10} />
    </Form.Item>
  )
}

export const digitsOf = (code: string): string => code.replaceAll(/\s/g, '')

const CodeForm = ({ run, busy }: { readonly run: (code: string) => void; readonly busy: boolean }) => {
  const { t } = useTranslation()
  return (
    <Form<{ code: string }> layout="vertical" onFinish={({ code }) => run(digitsOf(code))}>
      <CodeField />
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t('account.prove')}
      </Button>
    </Form>
  )
}

/** Asks for one of the person's second factors; `onProven` gets the session that has proven it. */
export const ProveFactor = ({ onProven }: { readonly onProven: (session: Session) => Promise<void> | void }) => {
  const { t } = useTranslation()
  const asked = useAnswer(secondFactorList, {})
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const run = async (prove: () => Promise<Session>) => {
    setBusy(true)
    setError(null)
    try {
      await onProven(await prove())
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Asked of={asked}>
      {({ items }) => (
        <Flex vertical gap={12}>
          {items.some((it) => it.kind === 'totp') && (
            <CodeForm busy={busy} run={(code) => void run(() => client().call(totpProve, { body: { code } }))} />
          )}
          {items.some((it) => it.kind === 'passkey') && (
            <Button block loading={busy} onClick={() => void run(provePasskey)}>
              {t('account.usePasskey')}
            </Button>
          )}
          <ProblemNote error={error} />
        </Flex>
      )}
    </Asked>
  )
}
