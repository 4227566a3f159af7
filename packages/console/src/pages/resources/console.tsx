import { useParams } from '@tanstack/react-router'
import { type ConsoleProtocol, consoleProtocols, resourceGet, serverOpenConsole } from '@yiduo/contract'
import { Button, Segmented } from 'antd'
import { useEffect } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { Screen } from '../../components/resource/screen.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem.tsx'
import { useFilters } from '../../ui/search.ts'

/** A server's console through the gateway: a ticket is asked for when the page opens, and another when that is over. */
const Console = ({ serverId, protocol }: { readonly serverId: string; readonly protocol: ConsoleProtocol }) => {
  const { t } = useTranslation()
  const ticket = useAct(serverOpenConsole)
  const { mutate } = ticket
  const open = () => mutate({ params: { serverId }, body: { protocol } })
  useEffect(() => mutate({ params: { serverId }, body: { protocol } }), [mutate, serverId, protocol])
  if (ticket.error)
    return (
      <>
        <ProblemNote error={ticket.error} />
        <Button style={{ marginTop: 12 }} onClick={open}>
          {t('resources.reconnect')}
        </Button>
      </>
    )
  return ticket.data ? (
    <Screen key={ticket.data.url} path={ticket.data.url} protocol={ticket.data.protocol} onAgain={open} />
  ) : (
    <Waiting />
  )
}

export const ConsolePage = () => {
  const { t } = useTranslation()
  const { resourceId = '' } = useParams({ strict: false })
  const asked = useAnswer(resourceGet, { params: { resourceId } })
  const [{ protocol: wanted }, choose] = useFilters(['protocol'])
  // Which of them a cloud runs is not known before it is asked: one that does not says so, and the other is beside it.
  const protocol = consoleProtocols.find((it) => it === wanted) ?? 'vnc'
  return (
    <Asked of={asked}>
      {(server) => (
        <Page
          title={t('resources.console')}
          tag={server.name}
          crumbs={[
            { title: t('pages.resources'), to: paths.resources() },
            { title: server.name, to: paths.resource(server.id) },
          ]}
          actions={
            <Segmented
              aria-label={t('resources.consoleKind')}
              value={protocol}
              options={consoleProtocols.map((it) => ({ value: it, label: t(`resources.consoleProtocols.${it}`) }))}
              onChange={(next) => choose({ protocol: next })}
            />
          }
        >
          <Console key={protocol} serverId={server.id} protocol={protocol} />
        </Page>
      )}
    </Asked>
  )
}
