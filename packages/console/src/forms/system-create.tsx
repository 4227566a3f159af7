import { type BusinessSystem, organisationList, systemCreate } from '@yiduo/contract'
import { App, Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useAct, useAnswer } from '../api/answers.ts'
import { useMay, useSession } from '../api/session.ts'
import { useTranslation, useWord } from '../i18n/index.ts'
import { focusFirstField } from '../ui/first-field.ts'
import { isTooLong, LimitedInput, longestName } from '../ui/limited.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { Field } from './field.tsx'

const zones = ['public', 'dedicated', 'internet'] as const
const classes = ['general', 'important', 'core'] as const
const modes = ['none', 'local-backup', 'active-standby', 'active-active', 'remote'] as const
const grades = [1, 2, 3, 4] as const

const Dialog = ({
  onDone,
  onClose,
}: {
  readonly onDone: (system: BusinessSystem) => void
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const word = useWord()
  const { message } = App.useApp()
  const { person } = useSession()
  const may = useMay()
  const organisations = useAnswer(organisationList, { query: { limit: 500 } }, { enabled: may(organisationList) })
  const [tried, setTried] = useState(false)
  const [it, setIt] = useState({
    organisationId: person.organisationId,
    name: '',
    securityGrade: 2,
    dataClass: 'general' as (typeof classes)[number],
    recoveryMode: 'none' as (typeof modes)[number],
    zone: 'public' as (typeof zones)[number],
  })
  const act = useAct(systemCreate, {
    onDone: (system) => {
      void message.success(t('systems.created', { name: system.name }))
      onClose()
      onDone(system)
    },
  })
  const run = () => {
    setTried(true)
    if (it.name.trim() !== '' && !isTooLong(it.name.trim(), longestName))
      act.mutate({ body: { ...it, name: it.name.trim() } })
  }
  const patch = (part: Partial<typeof it>) => setIt({ ...it, ...part })
  return (
    <Modal
      open
      title={t('systems.create')}
      okText={t('states.create')}
      okButtonProps={{ loading: act.isPending }}
      onOk={run}
      onCancel={onClose}
      afterOpenChange={focusFirstField}
      mask={{ closable: false }}
    >
      <Form layout="vertical" onFinish={run}>
        <Field id="system-name" label={t('systems.name')} required missing={tried && it.name.trim() === ''}>
          <LimitedInput
            id="system-name"
            longest={longestName}
            value={it.name}
            onChange={(event) => patch({ name: event.target.value })}
          />
        </Field>
        <Field id="system-organisation" label={t('systems.organisation')}>
          <Select
            id="system-organisation"
            showSearch={{ optionFilterProp: 'label' }}
            value={it.organisationId}
            onChange={(organisationId) => patch({ organisationId })}
            options={organisations.data?.items.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Field>
        <Field id="system-grade" label={t('systems.grade')}>
          <Select
            id="system-grade"
            value={it.securityGrade}
            onChange={(securityGrade) => patch({ securityGrade })}
            options={grades.map((value) => ({ value, label: t('systems.gradeOf', { grade: value }) }))}
          />
        </Field>
        <Field id="system-zone" label={t('systems.zone')}>
          <Select
            id="system-zone"
            value={it.zone}
            onChange={(zone) => patch({ zone })}
            options={zones.map((value) => ({ value, label: word('zone', value) }))}
          />
        </Field>
        <Field id="system-data" label={t('systems.dataClass')}>
          <Select
            id="system-data"
            value={it.dataClass}
            onChange={(dataClass) => patch({ dataClass })}
            options={classes.map((value) => ({ value, label: t(`systems.dataClasses.${value}`) }))}
          />
        </Field>
        <Field id="system-recovery" label={t('systems.recovery')}>
          <Select
            id="system-recovery"
            value={it.recoveryMode}
            onChange={(recoveryMode) => patch({ recoveryMode })}
            options={modes.map((value) => ({ value, label: t(`systems.recoveryModes.${value}`) }))}
          />
        </Field>
      </Form>
      <ProblemNote error={act.error} />
    </Modal>
  )
}

/** Registers a business system, from wherever one is missing. */
export const SystemCreateButton = ({
  onDone,
  type = 'default',
}: {
  readonly onDone: (system: BusinessSystem) => void
  readonly type?: 'default' | 'primary'
}) => {
  const { t } = useTranslation()
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may(systemCreate)) return null
  return (
    <>
      <Button type={type} onClick={() => setOpen(true)}>
        {t('systems.create')}
      </Button>
      {open && <Dialog onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  )
}
