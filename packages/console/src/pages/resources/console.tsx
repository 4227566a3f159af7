import { useParams } from '@tanstack/react-router'
import { resourceGet, serverOpenConsole } from '@yiduo/contract'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { Screen } from '../../components/resource/screen.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem.tsx'

/** A server's console through the gateway: a ticket is asked for when the page opens, and another when that is over. */
const Console = ({ serverId }: { readonly serverId: string }) => {
  const { t } = useTranslation()
  const ticket = useAct(serverOpenConsole)
  const { mutate } = ticket
  const open = () => mutate({ params: { serverId }, body: { protocol: 'vnc' } })
  useEffect(() => mutate({ params: { serverId }, body: { protocol: 'vnc' } }), [mutate, serverId])
  if (ticket.error)
    return (
      <>
        <ProblemNote error={ticket.error} />
        <Button style={{ marginTop: 12 }} onClick={open}>
          {t('resources.reconnect')}
        </Button>
      </>
    )
  return ticket.data ? <Screen key={ticket.data.url} path={ticket.data.url} onAgain={open} /> : <Waiting />
}

export const ConsolePage = () => {
  const { t } = useTranslation()
  const { resourceId = '' } = useParams({ strict: false })
  const asked = useAnswer(resourceGet, { params: { resourceId } })
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
        >
          <Console serverId={server.id} />
        </Page>
      )}
    </Asked>
  )
}
