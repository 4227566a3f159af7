import { type AnswerOf, type Session, totpBegin, totpConfirm } from '@yiduo/contract'
import { Button, Flex, Form, QRCode, Typography } from 'antd'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { isPasskeyPossible, registerPasskey } from '../../api/passkeys.ts'
import { withStepUp } from '../../api/step-up.ts'
import { useTranslation } from '../../i18n/index.ts'
import { ProblemNote } from '../../ui/problem.tsx'
import { CodeField, digitsOf } from './prove-factor.tsx'

type Begun = AnswerOf<typeof totpBegin>

const Confirm = ({
  begun,
  busy,
  run,
}: {
  readonly begun: Begun
  readonly busy: boolean
  readonly run: (code: string) => void
}) => {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={12}>
      <Typography.Text>{t('account.scan')}</Typography.Text>
      <Flex gap={16} align="center" wrap>
        <QRCode value={begun.uri} size={168} bgColor="#fff" color="#000" />
        <Flex vertical gap={4}>
          <Typography.Text type="secondary">{t('account.orType')}</Typography.Text>
          <Typography.Text code copyable>
            {begun.secret}
          </Typography.Text>
        </Flex>
      </Flex>
      <Form<{ code: string }> layout="vertical" onFinish={({ code }) => run(digitsOf(code))}>
        <CodeField />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('account.confirm')}
        </Button>
      </Form>
    </Flex>
  )
}

/** Adds a second factor: one-time codes of an app, or a passkey of the device. */
export const SetUpFactor = ({ onDone }: { readonly onDone: (session: Session) => Promise<void> | void }) => {
  const { t } = useTranslation()
  const [begun, setBegun] = useState<Begun | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  const begin = () =>
    run(async () => setBegun(await withStepUp(() => client().call(totpBegin, { body: { name: t('account.app') } }))))
  const confirm = (code: string) =>
    run(async () => {
      const params = { secondFactorId: begun?.id ?? '' }
      await onDone(await client().call(totpConfirm, { params, body: { code } }))
      setBegun(null)
    })
  const register = () => run(async () => onDone(await registerPasskey(t('account.passkey'))))
  return (
    <Flex vertical gap={12}>
      {begun ? (
        <Confirm begun={begun} busy={busy} run={(code) => void confirm(code)} />
      ) : (
        <Flex gap={8} wrap>
          <Button type="primary" loading={busy} onClick={() => void begin()}>
            {t('account.addCodes')}
          </Button>
          {isPasskeyPossible() && (
            <Button loading={busy} onClick={() => void register()}>
              {t('account.addPasskey')}
            </Button>
          )}
        </Flex>
      )}
      <ProblemNote error={error} />
    </Flex>
  )
}
