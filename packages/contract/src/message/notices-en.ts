import type { NoticeTexts } from './catalogue.ts'

export const noticesEn: NoticeTexts = {
  'request-to-decide': [
    'The request {subject} for the system “{system}” waits for a decision[; remark: {remark}].',
    'Look at it and approve, return or reject it.',
  ],
  'decision-overdue': [
    'The decision on {subject} is late at the stage “{stage}”.',
    'Decide on it soon; where nobody can, let the level above decide.',
  ],
  'collection-to-decide': [
    'The collection {subject} waits for a decision[; remark: {remark}].',
    'Look at it and approve, return or reject it.',
  ],
  'collection-returned': [
    'The collection {subject} was returned; remark: {remark}.',
    'Change it as the remark says and send it again.',
  ],
  'collection-rejected': [
    'The collection {subject} was rejected; remark: {remark}.',
    'Collect anew, as the remark says, if it is still needed.',
  ],
  'request-returned': [
    'The request {subject} for the system “{system}” was returned; remark: {remark}.',
    'Change it as the remark says and send it again, or discard it.',
  ],
  'request-rejected': [
    'The request {subject} for the system “{system}” was rejected; remark: {remark}.',
    'Ask anew, as the remark says, if it is still needed.',
  ],
  'request-testing': [
    'The request {subject} for the system “{system}” is delivered and on test until {testEndsAt}.',
    'Test it until then and pass or fail the test; after that the resources go back.',
  ],
  'request-completed': [
    'The request {subject} for the system “{system}” is carried out.',
    'See what the resources are like now.',
  ],
  'request-delivery-failed': [
    'The request {subject} for the system “{system}” could not be carried out whole.',
    'The operator may try again; you may discard it, and what stands of it goes back.',
  ],
  'delivery-to-retry': [
    'The request {subject} for the system “{system}” could not be carried out whole and waits for you.',
    'Remove the cause and try again.',
  ],
  'request-ending': [
    'The resources of the request {subject} for the system “{system}” end at {expiresAt}, within {days} days.',
    'Prolong them before that if they are still needed; return them earlier if not.',
  ],
  'test-ending': [
    'The test of the request {subject} for the system “{system}” ends at {testEndsAt}, within {days} days.',
    'Pass or fail the test soon; after that the resources go back.',
  ],
  'request-expired': [
    'The resources of the request {subject} for the system “{system}” ended at {expiresAt} and are going into the recycle bin.',
    'If they are still needed, restore them while they lie there.',
  ],
  'test-expired': [
    'The test of the request {subject} for the system “{system}” ended at {testEndsAt}; its resources are going back.',
    'Ask anew if they are still needed.',
  ],
  'transfer-to-accept': [
    'Another organisation wants to transfer resources of system “{system}” to yours (request {subject}).',
    'Look at the resources, their price and grade, and accept or reject.',
  ],
  'password-reset': [
    'A security administrator has reset your password; all your sessions have ended.',
    'If you did not ask for it, tell the security and the audit administrator at once.',
  ],
  'second-factors-removed': [
    'A system administrator has removed your second factors; all your sessions have ended.',
    'Set one up anew; if you did not ask for it, tell the security and the audit administrator at once.',
  ],
  'second-factor-added': [
    'A second factor was added to your account.',
    'If that was not you, remove it in account security, change your password and tell the security administrator.',
  ],
  'resources-received': [
    'What request {subject} delivered now belongs to system “{system}” of yours, and is charged to you from here on.',
    'Check the list.',
  ],
  'grace-begun': [
    'The resources of the request {subject} for the system “{system}” ended at {expiresAt}; they run on until {graceEndsAt}.',
    'Prolong them until then if they are still needed; after that they go into the recycle bin.',
  ],
  'request-recycled': [
    'The resources of the request {subject} for the system “{system}” lie in the recycle bin until {purgeAt}, uncharged.',
    'Ask for them back until then if they are still needed.',
  ],
  'recycle-to-retry': [
    'Not all of the request {subject} for the system “{system}” could be put into the recycle bin; it waits for you.',
    'Remove the cause and try again.',
  ],
  'request-restored': [
    'The resources of the request {subject} for the system “{system}” are back in use, and charged from here on.',
    'See that all runs as it should.',
  ],
  'purge-coming': [
    'What the request {subject} for the system “{system}” has in the recycle bin is wiped at {purgeAt}, within {days} days.',
    'Ask for it back before that if it is still needed; after that nothing can be brought back.',
  ],
  'request-reclaimed': [
    'The resources of the request {subject} for the system “{system}” were reclaimed.',
    'Nothing needs doing; they cost until they were given back.',
  ],
  'reclaim-to-retry': [
    'The resources of the request {subject} for the system “{system}” could not be reclaimed whole; it waits for you.',
    'Remove the cause and try again.',
  ],
  'schedule-failed': [
    'What the power schedule {subject} of the system “{system}” had for {dueAt} could not be asked of {serverId}.',
    'See why, and stop or start the server yourself; the next time is tried again.',
  ],
  'bill-closed': [
    'The bill {subject} of {month} of your organisation is closed.',
    'Look at it; what is wrong the operator corrects in the open month.',
  ],
  'advice-found': [
    'There are {count} new pieces of advice for your organisation.',
    'Look at them and give each an owner.',
  ],
  'advice-assigned': [
    'The advice {subject} on {resourceId} of the system “{system}” is your task until {dueOn}.',
    'Change the resource or give it back, or say why it stays as it is.',
  ],
  'advice-overdue': [
    'The advice {subject} on {resourceId} of the system “{system}” is overdue: it was to be seen to until {dueOn}.',
    'See to it soon, or give it another owner or day.',
  ],
  'audit-trail-broken': [
    'The audit trail is not as it was written[, position {position}][, entry {entry}].',
    'Change nothing in the database, keep what there is, and follow docs/runbooks/audit-trail-broken.md.',
  ],
  'deliveries-given-up': [
    '{count} mails or webhook deliveries could not be delivered and were given up; the last because: {problem}.',
    'The notices are still in the product. Check the mail server and the webhooks.',
  ],
  'webhook-test': ['This is a test notice to the webhook {subject}.', 'Nothing needs doing.'],
  'budget-warning': [
    'The budget of {period} is spent to {percent} %.',
    'See what the budget was spent on, and return what is unused.',
  ],
  'budget-exceeded': [
    'The budget of {period} is used up: {percent} % are spent.',
    'Return what is unused, or have the operator adjust the budget.',
  ],
  'finding-raised': [
    'The security operator has raised the finding {subject}: {title}.',
    'Look at it and prepare to put it right.',
  ],
  'finding-ordered': [
    'The finding {subject} ({title}) is to be put right until {dueOn}; remark: {remark}.',
    'Put it right and answer what was done.',
  ],
  'finding-answered': [
    'The finding {subject} ({title}) was answered: {answer}.',
    'See whether it is put right; close it or order it anew.',
  ],
  'finding-closed': ['The finding {subject} ({title}) is closed; remark: {remark}.', 'Nothing needs doing any more.'],
  'grant-to-confirm': [
    'A grant of an administrative post waits to be confirmed until {pendingUntil}.',
    'A security administrator who neither asked for it nor is to hold it confirms or declines it.',
  ],
  'emergency-access-begun': [
    '{login} has woken a grant for emergencies until {until}; reason: {reason}.',
    'See whether the reason holds; if not, end the emergency access at once.',
  ],
}
