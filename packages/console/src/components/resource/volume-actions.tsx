import {
  addressRemove,
  addressRemoveQuote,
  type Resource,
  serverAddAddress,
  serverAddAddressQuote,
  serverAddVolume,
  serverAddVolumeQuote,
  volumeExtend,
  volumeExtendQuote,
  volumeRemove,
  volumeRemoveQuote,
  volumeTakeSnapshot,
  volumeTakeSnapshotQuote,
} from '@yiduo/contract'
import { Form, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { isTooLong, LimitedInput, longestName } from '../../ui/limited.tsx'
import { ChangeButton } from '../change-dialog.tsx'
import { RenameButton } from './rename.tsx'

const largestGib = 65_536
const isName = (text: string): boolean => text.trim() !== '' && !isTooLong(text.trim(), longestName)
const small = { size: 'small' } as const

const Name = ({ value, onChange }: { readonly value: string; readonly onChange: (name: string) => void }) => {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('resources.name')}>
      <LimitedInput
        aria-label={t('resources.name')}
        longest={longestName}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}

const Size = ({
  value,
  least,
  onChange,
}: {
  readonly value: number | null
  readonly least: number
  readonly onChange: (gib: number | null) => void
}) => {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('resources.sizeGib')}>
      <InputNumber
        aria-label={t('resources.sizeGib')}
        min={least}
        max={largestGib}
        precision={0}
        step={50}
        value={value}
        onChange={onChange}
      />
    </Form.Item>
  )
}

const ExtendButton = ({ volume }: { readonly volume: Resource }) => {
  const { t } = useTranslation()
  const now = volume.desired.sizeGib ?? 1
  const [sizeGib, setSize] = useState<number | null>(now)
  return (
    <ChangeButton
      ask={volumeExtend}
      quote={volumeExtendQuote}
      label={t('resources.extend')}
      button={small}
      callOf={() =>
        sizeGib === null || sizeGib <= now ? null : { params: { volumeId: volume.id }, body: { sizeGib } }
      }
    >
      <Size value={sizeGib} least={now} onChange={setSize} />
    </ChangeButton>
  )
}

const SnapshotButton = ({ volume }: { readonly volume: Resource }) => {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  return (
    <ChangeButton
      ask={volumeTakeSnapshot}
      quote={volumeTakeSnapshotQuote}
      label={t('resources.takeSnapshot')}
      button={small}
      stays
      callOf={() => (!isName(name) ? null : { params: { volumeId: volume.id }, body: { name: name.trim() } })}
    >
      <Name value={name} onChange={setName} />
    </ChangeButton>
  )
}

export const VolumeActions = ({ volume }: { readonly volume: Resource }) => {
  const { t } = useTranslation()
  if (volume.state !== 'formal' && volume.state !== 'test') return null
  return (
    <>
      <ExtendButton volume={volume} />
      <SnapshotButton volume={volume} />
      <RenameButton of={volume} size="small" />
      <ChangeButton
        ask={volumeRemove}
        quote={volumeRemoveQuote}
        label={t('states.remove')}
        button={{ size: 'small', danger: true }}
        confirmation={volume.name}
        callOf={(confirmation) =>
          confirmation === '' ? null : { params: { volumeId: volume.id }, body: { confirmation } }
        }
      />
    </>
  )
}

export const AddressActions = ({ address }: { readonly address: Resource }) => {
  const { t } = useTranslation()
  return (
    <ChangeButton
      ask={addressRemove}
      quote={addressRemoveQuote}
      label={t('resources.giveBack')}
      button={{ size: 'small', danger: true }}
      callOf={() => ({ params: { addressId: address.id }, body: {} })}
    />
  )
}

export const AddVolumeButton = ({ server }: { readonly server: Resource }) => {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [sizeGib, setSize] = useState<number | null>(100)
  return (
    <ChangeButton
      ask={serverAddVolume}
      quote={serverAddVolumeQuote}
      label={t('resources.addVolume')}
      button={small}
      callOf={() =>
        !isName(name) || sizeGib === null
          ? null
          : { params: { serverId: server.id }, body: { name: name.trim(), sizeGib } }
      }
    >
      <Name value={name} onChange={setName} />
      <Size value={sizeGib} least={1} onChange={setSize} />
    </ChangeButton>
  )
}

export const AddAddressButton = ({ server }: { readonly server: Resource }) => {
  const { t } = useTranslation()
  return (
    <ChangeButton
      ask={serverAddAddress}
      quote={serverAddAddressQuote}
      label={t('resources.addAddress')}
      button={small}
      callOf={() => ({ params: { serverId: server.id }, body: {} })}
    />
  )
}
