import { type ConsoleProtocol, describeFault, faultOfConsoleClose } from '@yiduo/contract'
import { Alert, Button, Flex, Tag } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useTranslation } from '../../i18n/index.ts'
import { type BringViewer, bringLine, bringScreen, type Viewing } from './console-viewers.ts'
import styles from './screen.module.css'

type State = 'connecting' | 'connected' | 'disconnected'

const colours = { connecting: 'processing', connected: 'success', disconnected: 'default' } as const
const viewers: Readonly<Record<ConsoleProtocol, BringViewer>> = { vnc: bringScreen, text: bringLine }

const socketUrl = (path: string): string => {
  const url = new URL(path, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

/** Follows one ticket: it lets in once, so a broken screen needs another. The socket is ours, to be told why it closed. */
const useScreen = (path: string, protocol: ConsoleProtocol) => {
  const locale = useLocale()
  const place = useRef<HTMLDivElement>(null)
  const viewing = useRef<Viewing | null>(null)
  const [state, setState] = useState<State>('connecting')
  const [why, setWhy] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of language must not break the connection
  useEffect(() => {
    let over = false
    const begin = async () => {
      const view = await viewers[protocol]()
      if (over || !place.current) return
      const socket = new WebSocket(socketUrl(path))
      socket.addEventListener('close', (event) => {
        if (over) return
        setState('disconnected')
        const fault = faultOfConsoleClose(event)
        if (fault) setWhy(describeFault(fault, locale).message)
      })
      viewing.current = view(place.current, socket, () => setState('connected'))
    }
    begin().catch(() => setState('disconnected')) // what draws it could not be brought
    return () => {
      over = true
      viewing.current?.close()
      viewing.current = null
    }
  }, [path, protocol])
  return { place, state, why, press: () => viewing.current?.press?.() }
}

interface ScreenProps {
  /** Of the ticket. */
  readonly path: string
  readonly protocol: ConsoleProtocol
  readonly onAgain: () => void
}

/** The screen or the serial line of a server, drawn and typed into here. */
export const Screen = ({ path, protocol, onAgain }: ScreenProps) => {
  const { t } = useTranslation()
  const { place, state, why, press } = useScreen(path, protocol)
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap align="center">
        <span role="status">
          <Tag color={colours[state]}>{t(`resources.${state}`)}</Tag>
        </span>
        {protocol === 'vnc' && (
          <Button size="small" disabled={state !== 'connected'} onClick={press}>
            {t('resources.ctrlAltDel')}
          </Button>
        )}
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
