import { Link } from '@tanstack/react-router'
import { type InboxItem, type LineAsk, platformGet, requestQuote, type ServiceRequest } from '@yiduo/contract'
import { Alert, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { usePlatformNames } from '../../components/names.tsx'
import { useChangeTold } from '../../components/request/change-told.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import styles from './inbox.module.css'

type Line = ServiceRequest['lines'][number]

const askOf = (line: Line): LineAsk | null =>
  line.planId === null
    ? null
    : {
        planId: line.planId,
        name: line.name,
        quantity: line.quantity,
        dataVolumeGib: line.dataVolumeGib,
        publicAddress: line.publicAddress,
        ...(line.imageName ? { imageName: line.imageName } : {}),
        ...(line.platformId ? { platformId: line.platformId } : {}),
      }

/** Where the lines would go if it were approved now, and what would keep it from that. */
const useFitting = (request: ServiceRequest) => {
  const may = useMay()(requestQuote)
  const lines = request.lines.flatMap((it) => askOf(it) ?? [])
  const isNew = request.kind === 'open' && lines.length === request.lines.length && lines.length > 0
  return useAnswer(requestQuote, { body: { systemId: request.systemId, lines } }, { enabled: may && isNew }).data
}

const LineFacts = ({ line, planName }: { readonly line: Line; readonly planName: string | null }) => {
  const { t } = useTranslation()
  const word = useWord()
  const told = useChangeTold()
  const { storage } = useFormats()
  const { change } = line
  const facts = [
    planName,
    line.imageName,
    line.dataVolumeGib > 0 && t('request.dataVolume', { size: storage(line.dataVolumeGib) }),
    line.publicAddress && t('request.withAddress'),
    change && word('changeKind', change.kind),
    change && told(change),
  ]
  return <>{joined(facts) || '–'}</>
}

/** What is asked for, what each costs, and where it would go. */
export const Lines = ({ request, item }: { readonly request: ServiceRequest; readonly item: InboxItem }) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const quote = useFitting(request)
  const platforms = usePlatformNames()
  const may = useMay()
  const placeOf = (line: Line, index: number) => {
    const shown = item.lines[index]
    if (shown?.platformName) return shown.platformName
    const fitting = quote?.lines[index]?.platformId
    const name = fitting && platforms.get(fitting)
    // A county's bureau decides too, and platforms are not its to see: an id would tell it nothing.
    if (name) return may(platformGet) ? <Link to={paths.platform(fitting)}>{name}</Link> : name
    return <Typography.Text type="secondary">{line.planId === null ? '–' : t('inbox.anyPlace')}</Typography.Text>
  }
  return (
    <>
      {quote?.refusals.map((it) => (
        <Alert
          key={it.message}
          type="warning"
          showIcon
          title={it.message}
          description={it.next}
          className={styles.refusal}
        />
      ))}
      <PlainTable
        label={t('request.lines')}
        rows={request.lines.map((line, index) => ({ line, index }))}
        idOf={({ line }) => line.id}
        columns={[
          {
            id: 'what',
            title: t('requests.what'),
            cell: ({ line }) => (line.quantity > 1 ? `${line.name} ×${line.quantity}` : line.name),
          },
          {
            id: 'size',
            title: t('inbox.size'),
            cell: ({ line, index }) => <LineFacts line={line} planName={item.lines[index]?.planName ?? null} />,
          },
          {
            id: 'place',
            title: t(quote ? 'inbox.fittingPlace' : 'inbox.place'),
            cell: ({ line, index }) => placeOf(line, index),
          },
          {
            id: 'price',
            title: t('requests.price'),
            align: 'end',
            cell: ({ line }) => money(line.monthlyPriceYuanE4),
          },
        ]}
      />
    </>
  )
}
