import type { UseQueryResult } from '@tanstack/react-query'
import type { ApiToken } from '@yiduo/contract'
import { Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { ShownOnce } from './shown-once.tsx'

/** What became of it; null while it is good. */
const endOf = ({ endedAt, expiresAt }: ApiToken): 'revoked' | 'expired' | null => {
  if (endedAt !== null) return 'revoked'
  return Date.parse(expiresAt) <= now() ? 'expired' : null
}

interface Props {
  readonly asked: UseQueryResult<{ readonly items: readonly ApiToken[] }>
  /** The button that makes one; tells what it is, once. */
  readonly create: (onMade: (token: string) => void) => ReactNode
  readonly revoke: (token: ApiToken) => ReactNode
}

/** Tokens of a person or a service account, and what became of them. */
export const TokenSection = ({ asked, create, revoke }: Props) => {
  const { t } = useTranslation()
  const [made, setMade] = useState<string | null>(null)
  const last = (it: ApiToken): ReactNode => {
    const end = endOf(it)
    return end === null ? revoke(it) : <Tag variant="filled">{t(`account.tokenStates.${end}`)}</Tag>
  }
  return (
    <Section title={t('account.tokens')} extra={create(setMade)}>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('account.noTokens')} />
          ) : (
            <PlainTable
              label={t('account.tokens')}
              rows={items}
              idOf={(it) => it.id}
              columns={[
                { id: 'name', title: t('account.name'), cell: (it) => it.name },
                { id: 'operations', title: t('account.operations'), cell: (it) => it.operations.join(', ') },
                { id: 'expiresAt', title: t('account.lastDay'), cell: (it) => <Instant at={it.expiresAt} /> },
                {
                  id: 'lastUsedAt',
                  title: t('account.lastUsedAt'),
                  cell: (it) => (it.lastUsedAt ? <Instant at={it.lastUsedAt} /> : t('account.never')),
                },
                { id: 'revoke', title: t('oversight.acts'), cell: last },
              ]}
            />
          )
        }
      </Asked>
      {made !== null && (
        <ShownOnce
          title={t('account.tokenMade')}
          hint={t('account.tokenOnce')}
          secret={made}
          onClose={() => setMade(null)}
        />
      )}
    </Section>
  )
}
