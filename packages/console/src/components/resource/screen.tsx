import type RFB from '@novnc/novnc'
import { describeFault, faultOfConsoleClose } from '@yiduo/contract'
import { Alert, Button, Flex, Tag } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useTranslation } from '../../i18n/index.ts'
import styles from './screen.module.css'

type State = 'connecting' | 'connected' | 'disconnected'

const colours = { connecting: 'processing', connected: 'success', disconnected: 'default' } as const

const socketUrl = (path: string): string => {
  const url = new URL(path, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

/** Follows one ticket: it lets in once, so a broken screen needs another. The socket is ours, to be told why it closed. */
const useScreen = (path: string) => {
  const locale = useLocale()
  const place = useRef<HTMLDivElement>(null)
  const screen = useRef<RFB | null>(null)
  const [state, setState] = useState<State>('connecting')
  const [why, setWhy] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of language must not break the connection
  useEffect(() => {
    let over = false
    const socket = new WebSocket(socketUrl(path))
    socket.addEventListener('close', (event) => {
      const fault = faultOfConsoleClose(event)
      if (over) return
      setState('disconnected')
      if (fault) setWhy(describeFault(fault, locale).message)
    })
    const begin = async () => {
      const { default: Rfb } = await import('@novnc/novnc')
      if (over || !place.current) return
      const rfb = new Rfb(place.current, socket)
      rfb.scaleViewport = true
      rfb.focusOnClick = true
      rfb.addEventListener('connect', () => {
        setState('connected')
        rfb.focus()
      })
      screen.current = rfb
    }
    void begin()
    return () => {
      over = true
      screen.current?.disconnect()
      socket.close()
    }
  }, [path])
  return { place, state, why, press: () => screen.current?.sendCtrlAltDel() }
}

/** The screen of a server, drawn and typed into here. */
export const Screen = ({ path, onAgain }: { readonly path: string; readonly onAgain: () => void }) => {
  const { t } = useTranslation()
  const { place, state, why, press } = useScreen(path)
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap align="center">
        <span role="status">
          <Tag color={colours[state]}>{t(`resources.${state}`)}</Tag>
        </span>
        <Button size="small" disabled={state !== 'connected'} onClick={press}>
          {t('resources.ctrlAltDel')}
        </Button>
        {state === 'disconnected' && (
          <Button size="small" type="primary" onClick={onAgain}>
            {t('resources.reconnect')}
          </Button>
        )}
      </Flex>
      {why && <Alert type="error" showIcon title={why} />}
      <section ref={place} className={styles.screen} data-state={state} aria-label={t('resources.screen')} />
    </Flex>
  )
}
