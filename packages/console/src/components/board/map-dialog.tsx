import { Alert, Button, Flex, Input, Modal, Typography } from 'antd'
import { useId, useRef } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import styles from './board.module.css'
import { mapLimitMib } from './province-map.ts'
import type { BoardMap } from './use-map.ts'

/** Loads an approved map behind the nodes, or takes it away. */
export const MapDialog = ({ of, onClose }: { readonly of: BoardMap; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const { kept, fault } = of
  return (
    <Modal open title={t('board.mapTitle')} footer={null} onCancel={onClose} className={styles.dialog}>
      <Alert type="info" showIcon title={t('board.mapLaw')} />
      {fault && (
        <Alert
          className={styles.mapFault}
          type="error"
          showIcon
          title={t(`board.mapFaults.${fault}`, { limit: mapLimitMib })}
        />
      )}
      <Typography.Paragraph className={styles.mapNow}>
        {kept ? t('board.mapNow', { name: kept.fileName }) : t('board.mapNone')}
      </Typography.Paragraph>
      <Flex gap={8} wrap>
        <Button type="primary" onClick={() => input.current?.click()}>
          {t('board.mapChoose')}
        </Button>
        {kept && <Button onClick={() => of.forget()}>{t('board.mapRemove')}</Button>}
      </Flex>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.geojson,application/geo+json,application/json"
        aria-label={t('board.mapChoose')}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file) void of.load(file)
        }}
      />
      <Typography.Paragraph type="secondary" className={styles.mapHint}>
        {t('board.mapDrop', { limit: mapLimitMib })}
      </Typography.Paragraph>
      {kept && (
        <>
          <label htmlFor={id}>{t('board.mapApproval')}</label>
          <Input
            id={id}
            maxLength={60}
            value={kept.approval}
            placeholder={t('board.mapApprovalExample')}
            onChange={({ target }) => of.approve(target.value)}
          />
        </>
      )}
    </Modal>
  )
}
