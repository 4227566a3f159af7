import DownOutlined from '@ant-design/icons/DownOutlined'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useSession } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }))

/** The button is there at once; its menu, which few open and which is large, comes after the first screen. */
export const Account = ({ onHelp }: { readonly onHelp: () => void }) => {
  const { t } = useTranslation()
  const { person } = useSession()
  const [wanted, setWanted] = useState<'later' | 'now' | 'open'>('later')
  useEffect(() => {
    const timer = setTimeout(() => setWanted((it) => (it === 'later' ? 'now' : it)), 5_000)
    return () => clearTimeout(timer)
  }, [])
  const button = (
    <Button
      type="text"
      aria-label={`${t('shell.account')} ${person.name}`}
      icon={<DownOutlined />}
      iconPlacement="end"
      // In the place of the one that was pressed before its menu was there.
      autoFocus={wanted === 'open'}
      onClick={() => setWanted('open')}
    >
      {person.name}
    </Button>
  )
  if (wanted === 'later') return button
  return (
    <Suspense fallback={button}>
      <AccountMenu onHelp={onHelp} defaultOpen={wanted === 'open'}>
        {button}
      </AccountMenu>
    </Suspense>
  )
}
