import { useParams } from '@tanstack/react-router'
import { requestGet } from '@yiduo/contract'
import { useAnswer } from '../../api/answers.ts'
import { Track } from '../../components/track.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

export const RequestPage = () => {
  const { t } = useTranslation()
  const { requestId = '' } = useParams({ strict: false })
  const asked = useAnswer(requestGet, { params: { requestId } })
  return (
    <Asked of={asked}>
      {(request) => (
        <Page
          title={request.lines.map((it) => it.name).join(', ')}
          tag={<StateTag of="requestState" state={request.state} />}
          crumbs={[{ title: t('pages.requests'), to: paths.requests() }]}
        >
          <Section title={t('requests.track')}>
            <Track request={request} />
          </Section>
        </Page>
      )}
    </Asked>
  )
}
