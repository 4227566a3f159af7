import { type Locale, type Vocabulary, vocabularies as words } from '@yiduo/contract'

/** By property, and there by the list it draws from: advice that is `settled` is something else than a request. */
export const byProperty: ReadonlyMap<string, readonly Vocabulary[]> = new Map<string, readonly Vocabulary[]>([
  [
    'state',
    [
      words.collectionState,
      words.requestState,
      words.lineState,
      words.stageState,
      words.operationState,
      words.operationStepState,
      words.resourceState,
      words.platformState,
      words.templateState,
      words.adviceState,
      words.billState,
      words.statementState,
      words.demandPlanState,
      words.webhookDeliveryState,
      words.snapshotState,
      words.grantState,
      words.findingState,
      words.directoryEntryState,
    ],
  ],
  ['step', [words.step]],
  ['side', [words.side]],
  ['power', [words.power]],
  ['nextPower', [words.nextPower]],
  ['days', [words.scheduleDay]],
  [
    'kind',
    [
      words.requestKind,
      words.changeKind,
      words.resourceKind,
      words.nodeKind,
      words.adviceKind,
      words.searchKind,
      words.queueKind,
      words.alarmKind,
      words.personKind,
      words.factorKind,
      words.identityProviderKind,
      words.auditProblem,
    ],
  ],
  ['stage', [words.sessionStage]],
  ['severity', [words.findingSeverity, words.alarmSeverity]],
  ['phase', [words.phase]],
  ['outcome', [words.auditOutcome]],
  ['verdict', [words.verdict, words.linkVerdict]],
  ['needs', [words.needs]],
  ['subjects', [words.subject]],
  ['zones', [words.zone]],
])

/** A property's code as a person reads it; `among` is the closed list it is one of. What is unknown stays as it is. */
export type Word = (property: string, code: string, among: readonly string[] | undefined) => string

export const wordIn =
  (locale: Locale): Word =>
  (property, code, among) => {
    if (locale === 'en' || !among) return code
    const vocabulary = byProperty.get(property)?.find((it) => among.every((one) => Object.hasOwn(it, one)))
    return vocabulary && Object.hasOwn(vocabulary, code) ? (vocabulary[code] ?? code) : code
  }
