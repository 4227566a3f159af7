import { Descriptions, Modal } from 'antd'
import { useTranslation } from '../i18n/index.ts'
import { useEntries } from './navigation.tsx'

export const ShortcutHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const entries = useEntries().filter((it) => it.key !== undefined)
  return (
    <Modal open title={t('shell.shortcuts')} onCancel={onClose} footer={null}>
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          { key: 'k', label: 'Ctrl K, /', children: t('shell.shortcutSearch') },
          { key: '?', label: '?', children: t('shell.shortcutHelp') },
          { key: 'rows', label: '↑ ↓ Enter Space', children: t('shell.shortcutRows') },
          { key: 'yes', label: 'Ctrl Enter', children: t('shell.shortcutYes') },
          ...entries.map((it) => ({ key: it.path, label: `g ${it.key}`, children: t(`pages.${it.title}`) })),
        ]}
      />
    </Modal>
  )
}
