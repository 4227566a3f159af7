import { Link, useParams } from '@tanstack/react-router'
import { billGet, type Statement, statementGet } from '@yiduo/contract'
import { Flex, Timeline, Typography } from 'antd'
import { useMemo } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { DataTable } from '../../ui/table/data-table.tsx'
import { Discounts } from './discounts.tsx'
import { StatementActs } from './statement-acts.tsx'

interface Of {
  readonly statement: Statement
}
type Line = Statement['lines'][number]

const Lines = ({ statement: { lines, month } }: Of) => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const seesBills = useMay()(billGet)
  const columns = useMemo(
    (): readonly TableColumn<Line>[] => [
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 200,
        grow: 1,
        cell: (it) =>
          seesBills ? (
            <Link to={paths.bill(it.organisationId, month)}>{it.organisationName}</Link>
          ) : (
            it.organisationName
          ),
        value: (it) => it.organisationName,
      },
      column.text('component', t('money.component'), 170, (it) => it.componentName, { grow: 1 }),
      column.text('platform', t('request.platform'), 150, (it) => it.platformName),
      {
        id: 'phase',
        title: t('money.phase'),
        width: 100,
        cell: (it) => (it.phase ? word('phase', it.phase) : t('money.corrections')),
        value: (it) => it.phase,
      },
      column.money('list', t('statements.listAmount'), 130, (it) => it.listAmountYuanE4),
      column.money('amount', t('statements.amount'), 130, (it) => it.amountYuanE4),
    ],
    [t, column, word, month, seesBills],
  )
  const visibility = useMemo(() => Object.fromEntries(columns.map((it) => [it.id, true])), [columns])
  return (
    <div style={{ height: 440, display: 'flex' }}>
      <DataTable
        label={t('money.lines')}
        columns={columns}
        visibility={visibility}
        rows={lines}
        idOf={(it) => [it.organisationId, it.systemId, it.componentId, it.platformId, it.phase].join(' ')}
        empty={<Nothing words={t('money.noLines')} />}
      />
    </div>
  )
}

const isVerb = (it: string): it is 'confirm' | 'dispute' | 'answer' | 'sign' | 'countersign' =>
  ['confirm', 'dispute', 'answer', 'sign', 'countersign'].includes(it)

const Moves = ({ statement: { moves } }: Of) => {
  const { t } = useTranslation()
  if (moves.length === 0) return <Typography.Text type="secondary">{t('statements.noMoves')}</Typography.Text>
  return (
    <Timeline
      items={moves.toReversed().map((it) => ({
        key: it.at,
        color: it.event === 'dispute' ? 'red' : 'green',
        content: (
          <>
            <Flex gap={8} wrap>
              <strong>{isVerb(it.event) ? t(`statements.acts.${it.event}`) : it.event}</strong>
              <Typography.Text type="secondary">{it.by}</Typography.Text>
              <Instant at={it.at} />
            </Flex>
            {it.remark && <Typography.Paragraph>{it.remark}</Typography.Paragraph>}
          </>
        ),
      }))}
    />
  )
}

export const StatementPage = () => {
  const { t } = useTranslation()
  const { money, month } = useFormats()
  const { statementId = '' } = useParams({ strict: false })
  const asked = useAnswer(statementGet, { params: { statementId } })
  return (
    <Asked of={asked}>
      {(statement) => (
        <Page
          title={`${t('pages.statement')} · ${month(statement.month)}`}
          tag={<StateTag of="statementState" state={statement.state} />}
          hint={t(`statements.next.${statement.state}`)}
          crumbs={[{ title: t('pages.statements'), to: paths.statements() }]}
          actions={<StatementActs statement={statement} />}
        >
          <Section title={t('request.overview')}>
            <Facts
              of={[
                { label: t('clouds.provider'), value: statement.providerName },
                { label: t('statements.listAmount'), value: money(statement.listAmountYuanE4) },
                {
                  label: t('statements.discount'),
                  value: t('statements.percentOf', { percent: statement.perMille / 10 }),
                },
                { label: t('statements.amount'), value: <strong>{money(statement.amountYuanE4)}</strong> },
                { label: t('statements.draftedAt'), value: <Instant at={statement.draftedAt} /> },
              ]}
            />
          </Section>
          <Section title={t('statements.moves')}>
            <Moves statement={statement} />
          </Section>
          <Discounts organisationId={statement.providerOrganisationId} />
          <Section title={t('money.lines')}>
            <Lines statement={statement} />
          </Section>
        </Page>
      )}
    </Asked>
  )
}
