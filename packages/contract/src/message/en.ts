import type { Messages } from './catalogue.ts'
import { headingsInEnglish } from './headings.ts'
import { inputProblemsEn } from './input-problems.ts'
import { passwordProblemsEn } from './password-problems.ts'
import { placementWordsEn } from './placement-words.ts'
import { signOnFaultsEn } from './sign-on-faults.ts'

export const en: Messages = {
  faults: {
    'input-invalid': ['The field “{field}” is not as expected: {problem}.', 'Correct the field and send it again.'],
    'body-unreadable': ['The body is not valid JSON.', 'Send JSON in UTF-8 with `content-type: application/json`.'],
    'body-too-large': ['The body is larger than {limitKib} KiB.', 'Send less at once.'],
    'body-too-deep': ['The body is nested more than {limit} levels deep.', 'Send what the documentation describes.'],
    'cursor-invalid': ['The cursor is not one of ours.', 'Start again without a cursor.'],
    'not-signed-in': ['You are not signed in.', 'Log in and send the token as `Authorization: Bearer …`.'],
    'session-expired': ['Your session has ended.', 'Log in again.'],
    'log-in-refused': [
      'Name or password is wrong, or the account is locked.',
      'Try again; after {limit} failures the account locks for {minutes} minutes.',
    ],
    'log-in-locked': [
      'This account is locked after too many failures.',
      'Try again after {until}, or ask an administrator.',
    ],
    'password-change-required': [
      'The one-time password must be changed first.',
      'Run `yiduo password change`, or POST /passwords/change.',
    ],
    'second-factor-required': [
      'The log-in is not complete: a second factor is still to be proven.',
      'Enter a one-time code, or use a passkey.',
    ],
    'second-factor-set-up-required': [
      'Your role needs a second factor, and you have none yet.',
      'Set up one-time codes or register a passkey first.',
    ],
    'step-up-required': [
      'This needs your second factor once more.',
      'Enter a one-time code or use a passkey, then try again; a token for programs cannot do it.',
    ],
    'not-for-tokens': ['“{operation}” is for a person’s own session, not for a token.', 'Log in and do it there.'],
    'password-missing': [
      'A new person needs a one-time password.',
      'Give a password; make a service account for a program.',
    ],
    'person-oneself': ['Nobody does this to themselves.', 'Ask another administrator.'],
    'person-ended': ['{login} has left the post.', 'An account that has ended does not come back; make a new one.'],
    'person-reaches-further': [
      'This person holds something beyond your own reach.',
      'Ask an administrator who reaches all that they hold.',
    ],
    'post-not-for-services': [
      '{login} is a service account: it holds no administrative post.',
      'Grant the post to a person.',
    ],
    'person-is-service': ['{login} is a service account and has no password.', 'Make a token for it.'],
    'person-not-service': [
      '{login} is not a service account.',
      'A person’s own tokens are made and revoked by that person.',
    ],
    'second-factor-wrong': [
      'That did not prove it.',
      'Use the newest code (each is good once), or the passkey again; and check the clock of the device.',
    ],
    'second-factor-missing': [
      '{login} holds an administrative post and has set up no second factor: whoever gave a new password could do so in their place.',
      'End the account; make a new one, and let two give it the post.',
    ],
    'second-factor-last': ['Your role needs a second factor: the last one stays.', 'Set up another one first.'],
    'second-factor-known': ['That passkey is registered already.', 'Use another device or key.'],
    'second-factor-too-many': ['There may be {limit} second factors at most.', 'Remove one that is no longer used.'],
    'api-token-too-long': [
      'A token ends in the future, and within {days} days.',
      'Choose an earlier end; a new token can be made before it.',
    ],
    'api-token-too-many': ['There may be {limit} tokens in use at most.', 'Revoke one that is no longer used.'],
    'operation-unknown': [
      'There is no operation “{operation}”.',
      'Use a name from the documentation, such as request.list, or all of a noun, such as request.*.',
    ],
    ...signOnFaultsEn,
    'not-permitted': ['Your roles do not allow “{operation}”.', 'Ask a security administrator for one of: {roles}.'],
    'not-found': [
      'There is no such thing, or you may not see it.',
      'Check the id, and whether your role reaches its organisation.',
    ],
    'idempotency-key-reused': ['This Idempotency-Key was used for another request.', 'Use a new key for each act.'],
    'idempotency-key-in-flight': [
      'The request with this Idempotency-Key is still running.',
      'Wait a moment and send it again.',
    ],
    'revision-stale': [
      'Somebody changed it meanwhile (you have {given}, it is {current}).',
      'Read it again and repeat your change.',
    ],
    'database-unavailable': ['The database cannot be reached.', 'Nothing was lost; try again in a moment.'],
    'database-full': [
      'The disk of the database is full: nothing can be saved now.',
      'Nothing was changed. Ask the system administrator to make room, then try again.',
    ],
    'shutting-down': ['This server is shutting down.', 'Try again; another one will answer.'],
    'too-many-streams': [
      'Too many event streams are open: the limit is {limit}.',
      'Close windows or programs that are no longer used, and try again.',
    ],
    'too-many-requests': ['Too many requests at once.', 'Wait {seconds} s and try again.'],
    defect: ['Something went wrong inside Yiduo.', 'Give the operator the trace id {trace}.'],
    'password-too-weak': [
      'The password is too weak: {problem}.',
      'Use at least {minimum} characters of at least {kinds} kinds, hard to guess.',
    ],
    'login-taken': ['The log-in name “{login}” is taken.', 'Choose another.'],
    'duties-not-separated': [
      '{held} and {wanted} exclude each other: nobody holds two of the three posts.',
      'Grant it to somebody else, or revoke the other first.',
    ],
    'grant-to-oneself': ['Nobody decides on what they are granted themselves.', 'Ask another security administrator.'],
    'grant-asked-by-oneself': [
      'You asked for this grant, so you cannot confirm it.',
      'Ask another security administrator.',
    ],
    'grant-not-pending': [
      'The grant does not wait to be confirmed.',
      'Look at it again; one that ran out has to be asked for anew.',
    ],
    'grant-in-the-past': ['{until} is past.', 'Give an instant to come, or none for a grant for good.'],
    'grant-ended': [
      'The grant has ended, or waits to be confirmed.',
      'Look at it again; if it is still needed, ask a security administrator for another.',
    ],
    'grant-not-for-emergencies': [
      'The grant is none for emergencies.',
      'A security administrator gives such grants beforehand.',
    ],
    'emergency-access-begun': [
      'The grant is awake until {until}.',
      'If it is still needed then, wake it anew and say why.',
    ],
    'last-security-admin': [
      'This is the last grant of a security administrator that reaches the whole province and has no end.',
      'Grant the role to somebody else and have it confirmed first.',
    ],
    'organisation-level-wrong': [
      'A {level} organisation cannot stand below a {parentLevel} one.',
      'Choose a parent of the same or the next higher level.',
    ],
    'organisation-name-taken': ['There is already an organisation “{name}” there.', 'Choose another name.'],
    'system-name-taken': ['The organisation already has a system “{name}”.', 'Choose another name.'],
    'finding-step-not-allowed': [
      'The finding is {state}: “{event}” is not allowed.',
      'Look at it again and see how far it is.',
    ],
    'finding-due-in-the-past': ['The day {dueOn} is past.', 'Give today or a day to come.'],
    'code-taken': ['The code “{code}” is taken.', 'Choose another.'],
    'organisation-not-provider': [
      'The organisation is no cloud provider.',
      'Name an organisation whose actor is `provider`, or none.',
    ],
    'link-to-itself': ['Both ends of the link are one data centre.', 'Name two different ones.'],
    'link-exists': ['There is a link between these data centres already.', 'Edit that one.'],
    'driver-unknown': ['There is no driver “{driver}”.', 'Use one of: {known}.'],
    'driver-settings-invalid': ['The driver does not accept “{field}”: {problem}.', 'Correct it as the driver asks.'],
    'cloud-credentials-refused': ['The cloud refused the credential.', 'Give a valid one, then probe again.'],
    'cloud-permission-missing': [
      'The credential lacks a permission on the cloud.',
      'Ask the provider to grant it; the cloud’s own words name it.',
    ],
    'cloud-endpoint-wrong': [
      'What answers at this address is not the cloud’s API.',
      'Check address, path and region of the platform.',
    ],
    'cloud-certificate-invalid': [
      'The cloud’s certificate does not verify.',
      'Give the issuing CA in the platform’s settings, or correct the address.',
    ],
    'cloud-unreachable': [
      'The cloud cannot be reached.',
      'Check network and address; the work goes on by itself once it answers.',
    ],
    'cloud-timeout': ['The cloud did not answer in time.', 'The work goes on by itself; what was made is found again.'],
    'cloud-rate-limited': ['The cloud asks us to slow down.', 'The work goes on by itself.'],
    'cloud-answer-unreadable': [
      'The cloud’s answer makes no sense.',
      'Ask the provider; something between may be answering in its place.',
    ],
    'cloud-internal-error': ['The cloud failed inside.', 'Tried again by itself; if it stays, ask the provider.'],
    'cloud-quota-exceeded': [
      'The cloud’s own quota is used up.',
      'Ask the provider for more, or choose another platform.',
    ],
    'cloud-capacity-exhausted': ['The cloud has no host with room.', 'Choose another platform or a smaller plan.'],
    'cloud-no-fitting-flavour': [
      'The cloud offers no flavour for this size.',
      'Ask the provider to add one, or choose another plan.',
    ],
    'cloud-no-such-image': ['The cloud has no such image.', 'Ask the provider to load it, or choose another.'],
    'cloud-no-external-network': [
      'The cloud has no external network to take addresses from.',
      'Name one in the platform’s settings.',
    ],
    'cloud-thing-broken': [
      'What the cloud made is broken.',
      'It was taken back; try again, and show the provider its words if it repeats.',
    ],
    'cloud-thing-vanished': ['It has disappeared from the cloud.', 'Ask the provider what removed it.'],
    'cloud-conflict': [
      'The cloud says it is in conflict with something else there.',
      'See the cloud’s words; try again when that is done.',
    ],
    'cloud-request-refused': ['The cloud refused the request.', 'See the cloud’s words.'],
    'cloud-unsupported': ['This cloud cannot do that.', 'See the platform’s capabilities for the reason.'],
    'step-timed-out': ['The step “{step}” did not end in time.', 'What was made was taken back; try again.'],
    'step-crashed': ['The step “{step}” failed inside Yiduo.', 'Give the operator the operation’s id.'],
    'reservation-expired': ['The reservation had expired before work began.', 'Send the request again.'],
    'advice-ended': [
      'This advice has ended already: it is {state}.',
      'Nothing needs doing; what is still so will be found again.',
    ],
    'owner-without-role': [
      'That person is neither of the department nor of its operator.',
      'Choose somebody who can see to the resource.',
    ],
    'webhook-url-refused': [
      'Nothing is posted to this URL: {problem}.',
      'Use an https URL; private addresses are let through by YIDUO_WEBHOOK_PRIVATE_NETWORKS alone.',
    ],
    'too-many-webhooks': ['An organisation has at most {limit} webhooks.', 'Delete one that is no longer used.'],
    'component-wrong': [
      'The component “{component}” does not measure {measure}.',
      'Choose a component of that measure.',
    ],
    'price-already-set': ['A price from that instant exists already.', 'Choose a later instant.'],
    'price-missing': ['The component “{component}” has no price at {at}.', 'The authority must set one.'],
    'month-not-over': ['{month} is not over yet.', 'Close it after its last day; until then the bill is provisional.'],
    'export-too-large': ['More than {limit} rows are too many for a workbook.', 'Narrow it down, or export CSV.'],
    'month-closed': ['{month} is closed and never edited.', 'Correct it by a line of the open month {open}.'],
    'statement-step-not-allowed': [
      '“{event}” is not possible while the statement is {state}.',
      'See what was done with it for what comes next.',
    ],
    'party-signed-already': [
      'You acted on this statement for another party.',
      'Let somebody else of this party do it.',
    ],
    'demand-plan-step-not-allowed': [
      '“{event}” is not possible while the demand plan is {state}.',
      'A draft or returned one is changed and sent; a sent one is accepted or returned by the operator.',
    ],
    'month-not-open': ['{month} is not the open month.', 'Corrections go into the open month {open}.'],
    'correction-of-open-month': [
      '{month} is still open and needs no correction.',
      'Its bill follows what is used; correct it once it is closed.',
    ],
    'correction-too-large': [
      'It would give back ¥{amount} of ¥{charged} that were charged.',
      'Check the amount and the line.',
    ],
    'attachment-empty': [
      'There is nothing in the file, or its length was not said.',
      'Send it as application/octet-stream with its Content-Length.',
    ],
    'attachment-too-large': ['A file may have {limitMib} MiB at most.', 'Make it smaller, or send it in parts.'],
    'attachments-full': [
      'A request may have {limitCount} files of {limitMib} MiB in all.',
      'Remove what is not needed any more.',
    ],
    'attachment-kind-refused': [
      'The name or the content of “{name}” is of no kind that can be attached.',
      'These can: {kinds}. The end of the name must say what is in it.',
    ],
    'attachment-cut-off': ['The file did not come whole.', 'Send it again.'],
    'attachment-of-another': ['The file was attached by “{login}”.', 'Only who attached it can remove it.'],
    'template-step-not-allowed': [
      'The template is {state}; {event} is not possible now.',
      'A draft or a withdrawn template can be released, a released one withdrawn.',
    ],
    'template-not-released': [
      'The template “{template}” is not released, or was withdrawn.',
      'Choose another template, or ask by lines.',
    ],
    'template-part-wrong': [
      'Part “{part}” of the template is not as it must be: {problem}.',
      'Look at its parts and at how many of each may be chosen.',
    ],
    'template-quantity-wrong': [
      'Of part “{part}” of the template {minimum} to {maximum} servers may be chosen, not {asked}.',
      'Correct the quantity; where more are needed, ask by lines.',
    ],
    'offering-not-released': ['The offering “{offering}” is not released.', 'Choose one from the catalogue.'],
    'image-not-offered': ['The offering has no image “{image}”.', 'Choose one of: {offered}.'],
    'quota-exceeded': [
      'The quota does not suffice: {measure} limit {limit}, held {held}, asked {asked}.',
      'Ask for less, return what is unused, or ask the operator for more quota.',
    ],
    'system-quota-exceeded': [
      'The business system’s own quota does not suffice: {measure} limit {limit}, held {held}, asked {asked}.',
      'Ask for less, return what the system leaves unused, or ask the operator for more quota for it.',
    ],
    'budget-exceeded': [
      'It exceeds the budget of {period}: ¥{amount}, of which ¥{spent} are spent and ¥{committed} committed; this adds ¥{added}.',
      'Ask for less, return what is unused, or have the operator adjust the budget.',
    ],
    'quota-below-held': ['{held} are held already.', 'Set a limit of at least that.'],
    'capacity-exhausted': ['No platform has room for it any more.', 'Try later, ask for less, or ask the operator.'],
    'no-platform-fits': ['No platform fits: {reasons}.', 'Change what is asked, or ask the operator why.'],
    'nothing-left-behind': [
      'The operation is {state} and has left nothing behind.',
      'Only an operation that is failed-with-residue has something to take back.',
    ],
    'step-not-allowed': [
      '“{event}” is not possible while the request is {state}.',
      'See the request’s track for what comes next.',
    ],
    'request-of-another-operator': [
      'This request is for “{operator}” to decide, which is not in your charge.',
      'Let an operator of that organisation decide it.',
    ],
    'request-too-large': [
      'The request asks for {asked} servers in all; at most {limit} are taken in one.',
      'Send several requests.',
    ],
    'operator-missing': [
      'No operator stands above “{organisation}”, so nobody takes its requests.',
      'Have a system administrator create one.',
    ],
    'resource-changed': [
      'The resource “{name}” has changed since this was asked for.',
      'Discard this request and ask again, from what it is now.',
    ],
    'delegate-unsuitable': ['“{login}” cannot be a delegate.', 'Name a colleague of your own organisation.'],
    'delegation-too-many': ['Nobody delegates to more than {limit} at once.', 'End one that is not needed any more.'],
    'delegation-too-long': [
      'A delegation ends within {days} days, and after now.',
      'Shorten it; delegate again when it has ended.',
    ],
    'request-not-collectable': [
      'The request {request} cannot be collected: {reason}.',
      'Only requests that wait at your bureau, for one and the same operator, can.',
    ],
    'member-refused': [
      'The request {request} of “{organisation}” cannot be approved: {message}',
      'Leave its lines out and approve the rest, or return the collection.',
    ],
    'seat-taken': [
      'You have decided at this stage already, or the seats you could take are taken.',
      'Let somebody else who may decide do so.',
    ],
    'party-missing': ['There is no such party as “{party}”.', 'Create the organisation, or change the route.'],
    'price-changed': [
      'It costs {current} a month now, not {expected} (in 1/10000 yuan).',
      'Look at the new price and send it again.',
    ],
    'line-stands': [
      'Nothing of the line “{line}” is undelivered.',
      'Only what failed can be given up or asked for otherwise.',
    ],
    'organisation-ended': ['“{organisation}” was abolished.', 'Do it under its successor “{successor}”.'],
    'organisation-in-use': [
      '“{organisation}” still has {children} organisations below it, {resources} resources and {requests} open requests.',
      'Abolish what is below it, transfer or reclaim its resources and end its requests first.',
    ],
    'successor-unsuitable': [
      '“{successor}” cannot succeed “{organisation}”.',
      'A successor is another organisation of the same kind that stands; a bureau or an operator is succeeded by one.',
    ],
    'own-request': ['Nobody approves what they sent themselves.', 'Let another operator approve it.'],
    'resource-busy': ['Other work on it is under way.', 'Wait for operation or request {by} to end.'],
    'receiver-without-room': [
      'Quota or budget of “{organisation}” has no room for it.',
      'Ask them to have it raised, and ask again.',
    ],
    'transfer-to-lower-grade': [
      '“{system}” is of grade {grade}, lower than grade {from} of the system that holds the resources.',
      'Have that system graded as high first, or back the data up and give the resources back.',
    ],
    'platform-grade-too-low': [
      'The resources lie on “{platform}”, which may only hold systems up to grade {upTo}; “{system}” is of grade {grade}.',
      'Order new resources for that system on a platform of its grade and move the data.',
    ],
    'resource-not-changeable': [
      'A resource that is {state} cannot be changed.',
      'Only test and formal resources can be changed.',
    ],
    'nothing-to-change': ['It is already as asked.', 'Nothing needs doing.'],
    'plan-of-another-offering': [
      'The plan belongs to another offering than the server.',
      'Choose a plan of the same offering, or ask for a new server.',
    ],
    'volume-not-shrinkable': ['A volume cannot shrink from {sizeGib} to {askedGib} GiB.', 'Ask for more than it has.'],
    'resource-name-taken': ['The server has a volume “{name}” already.', 'Choose another name.'],
    'name-taken-in-system': ['The system has a server named “{name}”, or is about to.', 'Choose another name.'],
    'server-not-running': ['The server “{name}” is stopped.', 'Start it instead.'],
    'server-running': [
      'The server “{name}” is running; a volume of it cannot be put back.',
      'Stop it first, and start it again when the snapshot is restored.',
    ],
    'snapshot-not-restorable': [
      'The volume cannot go back to the snapshot “{name}”: {reason}.',
      'It can go back to its newest snapshot, as long as it has not grown since.',
    ],
    'too-many-snapshots': ['The volume has {limit} snapshots already.', 'Remove those that are not needed.'],
    'server-not-in-use': [
      'The server is {state} and has no console.',
      'It has one from its test time until it is reclaimed.',
    ],
    'console-ticket-invalid': [
      'The address of the console was used already, or has expired.',
      'Open the console again; each address is good for one connection.',
    ],
    'too-many-consoles': [
      'Too many consoles are open at once; the limit is {limit}.',
      'Close those that are not needed, then try again.',
    ],
    'console-closed-by-cloud': [
      'The cloud has closed the console.',
      'See whether the server still runs, then open the console again.',
    ],
    'console-idle': [
      'The console was idle for {minutes} minutes and is closed.',
      'The server goes on as it was; open the console again when it is needed.',
    ],
    'console-open-too-long': [
      'The console was open for {hours} hours and is closed.',
      'The server goes on as it was; open the console again when it is needed.',
    ],
    'platform-not-able': [
      'Its platform cannot do that: {reason}.',
      'Ask the operator, or ask for a server on another platform.',
    ],
    'power-schedule-exists': ['It has a power schedule already.', 'Edit that one.'],
    'confirmation-wrong': [
      'What was typed is not the name of what would be lost.',
      'If all that is on it may be lost, type its name exactly: {name}.',
    ],
    'cloud-still-shows-it': [
      'The cloud said that it was deleted and still shows it.',
      'Show the provider its words, then try again; it counts as wiped once it is gone.',
    ],
    'address-held-already': ['The server has a public address already: “{name}”.', 'Use that one, or remove it first.'],
  },
  capabilityReasons: {
    'not-in-this-cloud': 'this kind of cloud does not have it',
    'service-not-installed': 'the cloud does not run that service',
    'service-not-answering': 'the cloud’s service did not answer when last asked',
    'needs-admin-rights': 'the credential has no administrator’s rights',
    'credential-bound-to-one-project': 'the credential is bound to one project',
    'version-too-old': 'the cloud’s version is too old',
    'switched-off': 'Not enabled in the settings of the platform',
  },
  words: {
    ...inputProblemsEn,
    ...passwordProblemsEn,
    ...placementWordsEn,
    'volume-grown': 'the volume has grown since',
    'newer-snapshot': 'a newer one was taken since',
    'not-ready': 'it is not ready',
    'lines-or-template': 'give either lines or a template',
    'part-unknown': 'the template has no such part',
    'part-given-twice': 'it is given twice',
    'nothing-required': 'one part at least must have a minimum above zero',
    vcpu: 'cores',
    'memory-gib': 'memory (GiB)',
    'volume-gib': 'storage (GiB)',
    address: 'addresses',
  },
  headings: headingsInEnglish,
  advice: {
    'volume-unattached': 'The volume has been attached to no server since {since}.',
    'server-stopped': 'The server has been stopped since {since}.',
    'address-unbound': 'The address has been bound to nothing since {since}.',
    'test-expired': 'Its test ended at {since} and it is still there.',
  },
}
