import { useQueryClient } from '@tanstack/react-query'
import { signOnProviders } from '@yiduo/contract'
import { Button, Divider, Flex } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../api/answers.ts'
import { signOnAt, signOnWithCertificate } from '../api/sign-on.ts'
import { useTranslation } from '../i18n/index.ts'
import { ProblemNote } from '../ui/problem.tsx'

/** Where people can sign on instead; nothing where there is no such place. */
export const SignOnPlaces = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const places = useAnswer(signOnProviders, {}).data?.items ?? []
  if (places.length === 0) return null
  const go = async (code: string, enter: () => Promise<void>) => {
    setBusy(code)
    setError(null)
    try {
      await enter()
    } catch (refused) {
      setError(refused)
      setBusy(null)
    }
  }
  return (
    <section aria-label={t('shell.login.elsewhere')}>
      <Divider plain>{t('shell.login.elsewhere')}</Divider>
      <Flex vertical gap={8}>
        {places.map(({ code, name, kind }) => (
          <Button
            key={code}
            block
            loading={busy === code}
            disabled={busy !== null && busy !== code}
            onClick={() =>
              void go(code, () => (kind === 'certificate' ? signOnWithCertificate(queries) : signOnAt(code)))
            }
          >
            {name}
          </Button>
        ))}
        <ProblemNote error={error} />
      </Flex>
    </section>
  )
}
