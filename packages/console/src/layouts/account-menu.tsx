import { useNavigate } from '@tanstack/react-router'
import { App, Dropdown } from 'antd'
import { type ReactElement, useState } from 'react'
import { useLogOut, useSession } from '../api/session.ts'
import { ownEmergencyGrants } from '../components/grant/emergency.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { localePreference, themePreference, themes } from '../preferences.ts'
import { joined } from '../ui/joined.ts'
import { useTold } from '../ui/problem.tsx'
import { useStore } from '../use-store.ts'

const themeWords = { system: 'shell.themeSystem', light: 'shell.themeLight', dark: 'shell.themeDark' } as const

interface Props {
  readonly onHelp: () => void
  /** What the menu hangs on. */
  readonly children: ReactElement
}

/** Who is signed in, and how the console is to look and speak for them. */
export const AccountMenu = ({ onHelp, children }: Props) => {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(true) // it is brought by being opened
  const session = useSession()
  const { person, grants } = session
  const navigate = useNavigate()
  const logOut = useLogOut()
  const told = useTold()
  const { message } = App.useApp()
  // Whoever walks away has to know that they are still signed in.
  const leave = () => logOut().catch((error: unknown) => message.error(told(error).title))
  const theme = useStore(themePreference)
  const roles = [...new Set(grants.map((it) => it.role))].map((it) => t(`shell.roles.${it}`))
  return (
    <Dropdown
      open={open}
      onOpenChange={setOpen}
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [`theme-${theme}`],
        items: [
          { key: 'who', type: 'group', label: joined([person.name, roles.join(', ')]) },
          { key: 'password', label: t('shell.changePassword'), onClick: () => void navigate({ to: paths.password() }) },
          { key: 'account', label: t('pages.account'), onClick: () => void navigate({ to: paths.account() }) },
          {
            key: 'delegations',
            label: t('pages.delegations'),
            onClick: () => void navigate({ to: paths.delegations() }),
          },
          ...(ownEmergencyGrants(session).length > 0
            ? [
                {
                  key: 'emergency-access',
                  label: t('pages.emergencyAccess'),
                  onClick: () => void navigate({ to: paths.emergencyAccess() }),
                },
              ]
            : []),
          { type: 'divider' },
          {
            key: 'language',
            label: t('shell.otherLanguage'),
            onClick: () => localePreference.set(i18n.language === 'en' ? 'zh-CN' : 'en'),
          },
          {
            key: 'themes',
            label: t('shell.theme'),
            type: 'group',
            children: themes.map((it) => ({
              key: `theme-${it}`,
              label: t(themeWords[it]),
              onClick: () => themePreference.set(it),
            })),
          },
          { type: 'divider' },
          { key: 'shortcuts', label: t('shell.shortcuts'), extra: '?', onClick: onHelp },
          { key: 'out', label: t('shell.logOut'), onClick: () => void leave() },
        ],
      }}
    >
      {children}
    </Dropdown>
  )
}
