import type { Board } from '@yiduo/contract'
import { Modal, Table, Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import styles from './board.module.css'
import type { LinkFinding } from './figures.ts'
import { useMeasured } from './measured.ts'

/** Each rule that judged a link, once. */
const rulesIn = ({ links }: Board): LinkFinding[] =>
  [...new Map(links.flatMap((it) => it.findings).map((it) => [it.rule, it])).values()].toSorted((a, b) =>
    a.rule.localeCompare(b.rule),
  )

const keys = [
  ['keySpace', 'keyPause'],
  ['← →', 'keyArrows'],
  ['F', 'keyFullscreen'],
  ['M', 'keyMap'],
  ['?', 'keyHelp'],
] as const

/** Where the figures come from, what links are judged by, and the keys. */
export const HelpDialog = ({ board, onClose }: { readonly board: Board; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const told = useMeasured()
  return (
    <Modal open title={t('board.helpTitle')} footer={null} width={860} onCancel={onClose} className={styles.dialog}>
      <Typography.Title level={5}>{t('board.helpFigures')}</Typography.Title>
      <ul>
        <li>{t('board.figureUse')}</li>
        <li>{t('board.figureSteps')}</li>
        <li>{t('board.figureAlarms')}</li>
        <li>{t('board.figureMoney')}</li>
        <li>{t('board.mapLaw')}</li>
      </ul>
      <Typography.Title level={5}>{t('board.helpRules', { version: board.linkRules })}</Typography.Title>
      <Table<LinkFinding>
        size="small"
        pagination={false}
        rowKey="rule"
        dataSource={rulesIn(board)}
        columns={[
          { title: t('board.ruleCheck'), dataIndex: 'rule' },
          {
            title: t('board.ruleLimit'),
            render: (_, it) =>
              `${t(`board.measures.${it.measure}`)} ${t(`board.bounds.${it.bound}`)} ${told(it.measure, it.limit)}`,
          },
          { title: t('board.ruleReference'), dataIndex: 'reference' },
          { title: t('board.ruleUnsure'), render: (_, { unsure }) => (unsure ? t(`board.unsure.${unsure}`) : '–') },
        ]}
      />
      <Typography.Title level={5}>{t('board.helpKeys')}</Typography.Title>
      <ul className={styles.keys}>
        {keys.map(([key, word]) => (
          <li key={word}>
            <kbd>{key === 'keySpace' ? t('board.keySpace') : key}</kbd> {t(`board.${word}`)}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
