import * as about from './about.ts'
import * as advice from './advice.ts'
import * as apiToken from './api-token.ts'
import * as approval from './approval.ts'
import * as attachment from './attachment.ts'
import * as audit from './audit.ts'
import * as bill from './bill.ts'
import * as board from './board.ts'
import * as budget from './budget.ts'
import * as catalogue from './catalogue.ts'
import * as change from './change.ts'
import * as closing from './closing.ts'
import * as collection from './collection.ts'
import * as console from './console.ts'
import * as delegation from './delegation.ts'
import * as demandPlan from './demand-plan.ts'
import * as emergencyAccess from './emergency-access.ts'
import * as event from './event.ts'
import * as finding from './finding.ts'
import * as grant from './grant.ts'
import * as grantReview from './grant-review.ts'
import * as history from './history.ts'
import * as home from './home.ts'
import * as identity from './identity.ts'
import * as identityPolicy from './identity-policy.ts'
import * as identityProvider from './identity-provider.ts'
import * as inbox from './inbox.ts'
import * as node from './node.ts'
import * as notice from './notice.ts'
import * as noticePreference from './notice-preference.ts'
import type { OperationSpec } from './operation.ts'
import * as operationRecord from './operation-record.ts'
import * as organisation from './organisation.ts'
import * as placement from './placement.ts'
import * as powerSchedule from './power-schedule.ts'
import * as quota from './quota.ts'
import * as reclaim from './reclaim.ts'
import * as request from './request.ts'
import * as resource from './resource.ts'
import * as search from './search.ts'
import * as secondFactor from './second-factor.ts'
import * as session from './session.ts'
import * as settlement from './settlement.ts'
import * as signOn from './sign-on.ts'
import * as snapshot from './snapshot.ts'
import * as statement from './statement.ts'
import * as system from './system.ts'
import * as template from './template.ts'
import * as webhook from './webhook.ts'

const all = [
  about.aboutGet,
  session.sessionCreate,
  session.sessionGet,
  session.sessionDelete,
  session.sessionLogOut,
  session.sessionList,
  session.sessionEnd,
  session.passwordChange,
  signOn.signOnProviders,
  signOn.signOnBegin,
  signOn.signOnComplete,
  signOn.signOnByCertificate,
  signOn.signOnEnd,
  secondFactor.secondFactorList,
  secondFactor.secondFactorRemove,
  secondFactor.totpBegin,
  secondFactor.totpConfirm,
  secondFactor.totpProve,
  secondFactor.passkeyBegin,
  secondFactor.passkeyRegister,
  secondFactor.passkeyChallenge,
  secondFactor.passkeyProve,
  apiToken.apiTokenList,
  apiToken.apiTokenCreate,
  apiToken.apiTokenRevoke,
  home.homeGet,
  board.boardGet,
  search.searchFind,
  identity.personList,
  identity.personGet,
  identity.personCreate,
  identity.personEnd,
  identity.passwordReset,
  identity.passwordRemove,
  secondFactor.secondFactorReset,
  apiToken.serviceTokenList,
  apiToken.serviceTokenCreate,
  apiToken.serviceTokenRevoke,
  identityPolicy.identityPolicyGet,
  identityPolicy.identityPolicySet,
  identityProvider.identityProviderList,
  identityProvider.identityProviderCreate,
  identityProvider.identityProviderEdit,
  identityProvider.identityProviderRemove,
  identityProvider.identityProviderProbe,
  identityProvider.identityProviderSetRules,
  identityProvider.identityProviderEnable,
  identityProvider.identityProviderDisable,
  identityProvider.identityProviderCompare,
  identityProvider.identityProviderImport,
  grant.grantList,
  grant.grantCreate,
  grant.grantConfirm,
  grant.grantDecline,
  grant.grantRevoke,
  grantReview.grantReviewList,
  grantReview.grantReviewKeep,
  emergencyAccess.emergencyAccessBegin,
  emergencyAccess.emergencyAccessEnd,
  delegation.delegationList,
  delegation.delegationCreate,
  delegation.delegationEnd,
  organisation.organisationList,
  organisation.organisationGet,
  organisation.organisationCreate,
  organisation.organisationAbolish,
  quota.quotaList,
  quota.quotaSet,
  quota.systemQuotaList,
  quota.systemQuotaSet,
  quota.systemQuotaRemove,
  system.systemList,
  system.systemGet,
  system.systemCreate,
  node.nodeList,
  node.nodeCreate,
  node.dataCentreList,
  node.dataCentreCreate,
  node.dataCentreEdit,
  node.linkList,
  node.linkCreate,
  node.linkEdit,
  node.platformList,
  node.platformGet,
  node.platformAdd,
  node.platformEdit,
  node.platformProbe,
  node.poolList,
  node.hostList,
  catalogue.offeringList,
  catalogue.offeringGet,
  catalogue.offeringPlaces,
  catalogue.offeringCreate,
  catalogue.offeringEdit,
  catalogue.planCreate,
  catalogue.componentList,
  catalogue.componentCreate,
  catalogue.priceList,
  catalogue.priceSet,
  template.templateList,
  template.templateGet,
  template.templateCreate,
  template.templateEdit,
  template.templateRelease,
  template.templateWithdraw,
  template.templateCopy,
  request.requestQuote,
  request.requestCreate,
  request.requestEdit,
  request.requestList,
  inbox.inboxList,
  request.requestGet,
  placement.placementExplain,
  placement.placementPreview,
  attachment.requestAttach,
  attachment.attachmentList,
  attachment.attachmentGet,
  attachment.attachmentRemove,
  request.requestSubmit,
  request.requestDiscard,
  request.requestApprove,
  request.requestReturn,
  request.requestReject,
  request.requestPassTest,
  request.requestFailTest,
  request.requestRetry,
  request.requestReclaim,
  request.requestForward,
  request.requestAccept,
  request.requestDropLine,
  request.requestAmendLine,
  collection.collectionList,
  collection.collectionGet,
  collection.collectionCreate,
  collection.collectionEdit,
  collection.collectionSubmit,
  collection.collectionDiscard,
  collection.collectionApprove,
  collection.collectionReturn,
  collection.collectionReject,
  approval.routeList,
  approval.routeCreate,
  approval.routeEdit,
  approval.routeWithdraw,
  approval.workingDayList,
  approval.workingDaySet,
  reclaim.requestPurge,
  reclaim.requestPurgeQuote,
  reclaim.processPolicyGet,
  reclaim.processPolicySet,
  reclaim.wipeRecordList,
  resource.resourceList,
  resource.resourceGet,
  history.resourceHistory,
  ...change.changeOperations,
  snapshot.snapshotList,
  console.serverOpenConsole,
  powerSchedule.powerScheduleList,
  powerSchedule.powerScheduleCreate,
  powerSchedule.powerScheduleEdit,
  powerSchedule.powerScheduleRemove,
  resource.orphanList,
  operationRecord.operationList,
  operationRecord.operationGet,
  operationRecord.operationTakeBack,
  advice.adviceList,
  advice.adviceDismiss,
  advice.adviceAssign,
  advice.adviceDecline,
  advice.adviceSummary,
  notice.noticeList,
  notice.noticeRead,
  notice.noticeReadAll,
  noticePreference.noticePreferenceGet,
  noticePreference.noticePreferenceSet,
  webhook.webhookList,
  webhook.webhookCreate,
  webhook.webhookDelete,
  webhook.webhookTest,
  webhook.webhookDeliveryList,
  settlement.usageList,
  bill.usageExport,
  bill.billList,
  bill.billSummary,
  settlement.billGet,
  settlement.billClose,
  bill.billCorrect,
  bill.billExport,
  budget.budgetList,
  budget.budgetSet,
  budget.budgetRemove,
  demandPlan.demandPlanSet,
  demandPlan.demandPlanList,
  demandPlan.demandPlanGet,
  demandPlan.demandPlanSubmit,
  demandPlan.demandPlanAccept,
  demandPlan.demandPlanReturn,
  demandPlan.demandPlanCompare,
  statement.statementList,
  statement.statementGet,
  statement.statementConfirm,
  statement.statementDispute,
  statement.statementAnswer,
  statement.statementSign,
  statement.statementCountersign,
  statement.statementExport,
  statement.discountList,
  statement.discountSet,
  closing.closingPolicyGet,
  closing.closingPolicySet,
  finding.findingList,
  finding.findingGet,
  finding.findingRaise,
  finding.findingOrder,
  finding.findingAnswer,
  finding.findingClose,
  audit.auditList,
  audit.auditExport,
  audit.auditMine,
  audit.auditState,
  audit.auditCheckpoints,
  audit.auditPolicyGet,
  audit.auditPolicySet,
  event.eventStream,
] as const satisfies readonly OperationSpec[]

/** Every operation there is, in the order in which people read about them. */
export const operations: readonly OperationSpec[] = all

export type OperationName = (typeof all)[number]['name']

/** What the audit trail calls an act of it. */
export const operationNameOf = ({ name }: OperationSpec): OperationName => name as OperationName // those of the table alone are bound
