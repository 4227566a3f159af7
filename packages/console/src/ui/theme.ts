import { type ThemeConfig, theme } from 'antd'
import { useEffect, useState } from 'react'
import { themePreference } from '../preferences.ts'
import { useStore } from '../use-store.ts'

/** Colours of texts on their grounds keep 4.5:1 in both themes (WCAG 2.2, 1.4.3). */
const seeds = {
  light: {
    colorPrimary: '#1557b0',
    colorInfo: '#1557b0',
    colorSuccess: '#166c2f',
    colorWarning: '#855500',
    colorError: '#c4232b',
  },
  dark: {
    colorPrimary: '#4c93ea',
    colorInfo: '#4c93ea',
    colorSuccess: '#3fb950',
    colorWarning: '#d29922',
    colorError: '#f2605c',
  },
} as const

export const themeConfig = (dark: boolean, motion: boolean): ThemeConfig => ({
  algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: {
    motion,
    ...(dark ? seeds.dark : seeds.light),
    borderRadius: 6,
    fontFamily:
      "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    colorBgLayout: dark ? '#0d1117' : '#f4f6f9',
    ...(dark
      ? {
          colorBgBase: '#0d1117',
          colorPrimaryBg: '#172a45',
          colorTextDisabled: '#8b97a4',
          colorBgContainer: '#151b23',
          colorBgElevated: '#1c2430',
          // The dark algorithm darkens the seed: links and chosen entries would fall below 4.5:1.
          colorLink: '#6fb1f5',
          colorLinkHover: '#9ccbff',
          colorPrimaryText: '#8cc4ff',
          colorTextBase: '#e6edf3',
          colorTextSecondary: '#b4bec9',
          colorTextDescription: '#9aa5b1',
          colorTextPlaceholder: '#8b97a4',
          colorBorder: '#3a4654',
          colorBorderSecondary: '#29323d',
        }
      : {
          colorTextBase: '#16202e',
          colorTextSecondary: '#46505e',
          colorSuccessBg: '#e3f5e8',
          colorSuccessBorder: '#a5d6b0',
          colorWarningBg: '#fff4d6',
          colorErrorBg: '#fdecec',
          colorInfoBg: '#e8f0fb',
          colorWarningBorder: '#e9c46a',
          colorTextDescription: '#56606e',
          colorTextPlaceholder: '#68717d',
        }),
  },
  components: {
    Layout: { headerBg: dark ? '#161b22' : '#ffffff', siderBg: dark ? '#161b22' : '#ffffff', headerHeight: 52 },
    ...(dark
      ? {
          Button: {
            colorPrimary: '#2f6fc4',
            colorPrimaryHover: '#3573c6',
            colorError: '#ff8a80',
            dangerColor: '#1a0d0d',
          },
          Tag: { colorInfo: '#6fb1f5', colorError: '#ff8a80' },
        }
      : {}),
    Menu: { itemHeight: 36, itemMarginInline: 8 },
  },
})

/** Whether a media query holds, followed as it changes. */
const useMedia = (query: string): boolean => {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = () => setMatches(list.matches)
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [query])
  return matches
}

/** The chosen theme, or the system's. */
export const useIsDark = (): boolean => {
  const choice = useStore(themePreference)
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  return choice === 'system' ? systemIsDark : choice === 'dark'
}

/** Nothing moves for who has asked for that (WCAG 2.2, 2.3.3). The library is told: cut short by CSS, menus would wait
 * out of sight for the end of a motion that has been missed. */
export const useMotion = (): boolean => !useMedia('(prefers-reduced-motion: reduce)')
