import DownOutlined from '@ant-design/icons/DownOutlined'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useSession } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { useAtHand } from './at-hand.ts'

const loadMenu = async () => ({ default: (await import('./account-menu.tsx')).AccountMenu })
const AccountMenu = lazy(loadMenu)

/** The button is there at once; its menu, which few open and which is large, comes when it is opened. */
export const Account = ({ onHelp }: { readonly onHelp: () => void }) => {
  const { t } = useTranslation()
  const { person } = useSession()
  const [isOpened, setOpened] = useState(false)
  useAtHand(loadMenu)
  const button = (
    <Button
      type="text"
      aria-label={`${t('shell.account')} ${person.name}`}
      icon={<DownOutlined />}
      iconPlacement="end"
      // In the place of the one that was pressed before its menu was there.
      autoFocus={isOpened}
      onClick={() => setOpened(true)}
    >
      {person.name}
    </Button>
  )
  if (!isOpened) return button
  return (
    <Suspense fallback={button}>
      <AccountMenu onHelp={onHelp}>{button}</AccountMenu>
    </Suspense>
  )
}
