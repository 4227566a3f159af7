-- packages/server/src/modules/identity/factor-store.ts

-- factorsOf
select * from second_factors where person_id = :personId and confirmed_at is not null order by id

-- findFactor
select * from second_factors where id = :id and person_id = :personId

-- insertFactor
insert into second_factors (id, person_id, kind, name, secret, last_step, credential_id, public_key, counter,
  transports, created_at, confirmed_at, last_used_at)
values (:it.id, :it.personId, :it.kind, :it.name, :it.secret, :it.lastStep, :it.credentialId,
        :it.publicKey, :it.counter, :it.transports, :it.createdAt, :it.confirmedAt, :it.lastUsedAt)

-- forgetUnconfirmed
delete from second_factors where person_id = :personId and confirmed_at is null

-- useStep
update second_factors set last_step = :step, last_used_at = :now, confirmed_at = coalesce(confirmed_at, :now)
where id = :id and (last_step is null or last_step < :step)

-- useCounter
update second_factors set counter = :counter, last_used_at = :now
where id = :id and (counter < :counter or (counter = 0 and :counter = 0))

-- deleteFactor
delete from second_factors where id = :id and person_id = :personId

-- deleteFactors
delete from second_factors where person_id = :personId

-- packages/server/src/modules/identity/grant-review-store.ts

-- listReviews
and (until is null or until > :it.now or :(canBeWoken(it.now)))
:(when(it.personId, sql))
:(it.due === null ? empty : sql)
:(it.unused === null ? empty : sql)
:(it.emergency === null ? empty : sql) :(ofPeople(it))

-- listReviews
and person_id = :it.personId

-- listReviews
and (coalesce(reviewed_at, created_at) <= :it.since) = :it.due

-- listReviews
and (not emergency and coalesce(last_used_at, created_at) <= :it.since) = :it.unused

-- listReviews
and emergency = :it.emergency

-- keepGrant
update grants set reviewed_at = :at, reviewed_by_id = :reviewedById where id = :id returning :columns

-- calledOf
select id, login, name from people where id = any(:[...ids]::uuid[])

-- saveUses
update grants g set last_used_at = greatest(g.last_used_at, u.at)
from jsonb_to_recordset(:(JSON.stringify(uses))::jsonb) as u(id uuid, at timestamptz) where g.id = u.id

-- packages/server/src/modules/identity/grant-store.ts

-- columns
id, person_id, role, organisation_id, reach, until, lasts_until, pending_until, asked_by_id,
confirmed_by_id, emergency, awake_reason, last_used_at, reviewed_at, reviewed_by_id, created_at,
(select jsonb_build_object('id', i.id, 'name', i.name, 'enabled', i.enabled)
 from identity_providers i where i.id = provider_id) as provider

-- insertGrant
insert into grants (id, person_id, role, organisation_id, reach, until, lasts_until, pending_until, asked_by_id,
                    confirmed_by_id, emergency, created_at)
values (:it.id, :it.personId, :it.role, :it.organisationId, :it.reach, :it.until, :it.lastsUntil,
        :it.pendingUntil, :it.askedById, :it.confirmedById, :it.emergency, :it.createdAt)

-- canBeWoken
(emergency and pending_until is null and (lasts_until is null or lasts_until > :now))

-- rolesForUpdate
select from people where id = :personId for update

-- rolesForUpdate
select role from grants where person_id = :personId
and (until is null or until > :now or pending_until > :now or :(canBeWoken(now)))

-- ofPeople
:(when(role, sql))
:(sought ? sql : empty)

-- ofPeople
and role = :role

-- ofPeople
and person_id in (:(idsCalled({ table: 'people', names: ['name', 'login'] }, sought)))

-- listGrants
:(when(personId, sql))
:(pending === null ? empty : sql) :(ofPeople(others))

-- listGrants
and person_id = :personId

-- listGrants
and (pending_until is not null) = :pending

-- lockGrant
select :columns from grants where id = :id and :(visible(scope, 'organisation_id')) for update

-- confirmGrant
update grants set pending_until = null, confirmed_by_id = :confirmedById, until = :until
where id = :id returning :columns

-- deleteGrant
delete from grants where id = :id

-- holds
select from grants where person_id = :personId and role = :role and (until is null or until > :now) limit 1

-- placesHeld
select g.reach, g.organisation_id, o.path as organisation_path
from grants g join organisations o on o.id = g.organisation_id
where g.person_id = :personId
  and (until is null or until > :now or pending_until > :now or :(canBeWoken(now)))

-- deleteGrantsOf
delete from grants where person_id = :personId returning role

-- lastingSecurityAdmins
select g.id, g.person_id, g.organisation_id, p.organisation_id as home_id from grants g join people p on p.id = g.person_id
where g.role = 'security-admin' and g.reach = 'all' and g.until is null and p.ended_at is null
order by g.id for update of g

-- setAwake
update grants set until = :it.until, awake_reason = :it.reason where id = :id returning :columns

-- endGrantsAt
update grants set until = least(until, :at), lasts_until = least(lasts_until, :at), pending_until = null
where (organisation_id = :organisationId
       or person_id in (select id from people where organisation_id = :organisationId))
  and (until is null or until > :at or pending_until is not null or :(canBeWoken(at)))

-- packages/server/src/modules/identity/outside/directory-failure-store.ts

-- findFailures
select failures, locked_until from directory_failures
where provider_id = :providerId and subject = :subject

-- setFailures
insert into directory_failures (provider_id, subject, failures, locked_until)
values (:providerId, :subject, :it.failures, :it.lockedUntil)
on conflict (provider_id, subject) do update set failures = excluded.failures, locked_until = excluded.locked_until

-- clearFailures
delete from directory_failures where provider_id = :providerId and subject = :subject

-- packages/server/src/modules/identity/outside/import-store.ts

-- linkedPeople
select l.subject, p.id as person_id, p.login, p.name, p.organisation_id, p.ended_at
from identity_links l join people p on p.id = l.person_id where l.provider_id = :providerId
order by p.login

-- peopleNamed
select p.id, p.login, p.organisation_id, o.path as organisation_path, p.kind = 'person' and p.ended_at is null
  and not exists (select from grants where person_id = p.id and role = any(:[...it.without]::text[])
        and (until is null or until > :it.now or pending_until > :it.now or :(canBeWoken(it.now))))
  and not exists (select from identity_links l where l.person_id = p.id and l.provider_id = :it.providerId)
  as adoptable
from people p join organisations o on o.id = p.organisation_id where lower(p.login collate "C") = any(:[...it.logins]::text[])

-- organisationPaths
select id, path from organisations where id = any(:[...ids]::uuid[])

-- grantsClaimed
select id, person_id, role, organisation_id, reach from grants
where provider_id = :providerId and until is null order by id

-- packages/server/src/modules/identity/outside/link-store.ts

-- lockSubject
select pg_advisory_xact_lock(hashtextextended(:(`${providerId} ${subject}`), 0))

-- findLink
select provider_id, subject, person_id from identity_links
where provider_id = :providerId and subject = :subject

-- hasLinks
select from identity_links where provider_id = :providerId limit 1

-- liesWithin
select from organisations o join organisations above on starts_with(o.path, above.path)
where o.id = :organisationId and above.id = :aboveId

-- directoriesOf
select l.provider_id, l.subject from identity_links l join identity_providers i on i.id = l.provider_id
where l.person_id = :personId and i.settings ->> 'kind' = 'directory' order by i.code

-- isKnownElsewhere
select from identity_links l join identity_providers i on i.id = l.provider_id
where l.person_id = :personId and i.enabled limit 1

-- insertLink
insert into identity_links (provider_id, subject, person_id, created_at)
values (:it.providerId, :it.subject, :it.personId, :createdAt)
on conflict do nothing

-- touchLink
update identity_links set last_used_at = :at where provider_id = :providerId and subject = :subject

-- claimedGrants
select id, role, organisation_id, reach from grants
where provider_id = :providerId and person_id = :personId and until is null order by id

-- deleteUngiven
delete from grants g where g.provider_id = :providerId and g.until is null
  and not (g.organisation_id = any(:[...it.organisations]::uuid[])
           and exists (select from jsonb_to_recordset(:(JSON.stringify(it.roles))::jsonb) as r(role text, reach text)
                       where r.role = g.role and r.reach = g.reach))
returning id, person_id, role, organisation_id, reach

-- markClaimed
update grants set provider_id = :providerId where id = :grantId

-- packages/server/src/modules/identity/outside/provider-store.ts

-- columns
id, code, name, settings, claims, secret, rules, enabled, revision, created_at

-- insertProvider
insert into identity_providers (:columns)
values (:it.id, :it.code, :it.name, :(JSON.stringify(it.settings)), :(JSON.stringify(it.claims)),
        :it.secret, :(JSON.stringify(it.rules)), :it.enabled, :it.revision, :it.createdAt)

-- listProviders
select :columns from identity_providers order by code

-- providerById
select :columns from identity_providers where id = :id

-- providerByCode
select :columns from identity_providers where code = :code

-- enabledOfKind
select :columns from identity_providers where enabled and settings ->> 'kind' = :kind order by code

-- lockProvider
select :columns from identity_providers where id = :id for update

-- holdProvider
select :columns from identity_providers where id = :id for share

-- updateProvider
update identity_providers set name = :it.name, settings = :(JSON.stringify(it.settings)),
  claims = :(JSON.stringify(it.claims)), secret = :it.secret, rules = :(JSON.stringify(it.rules)),
  enabled = :it.enabled, revision = revision + 1
where id = :it.id returning :columns

-- deleteProvider
delete from identity_providers where id = :id

-- deleteSessionsFrom
delete from sessions where provider_id = :providerId

-- packages/server/src/modules/identity/outside/sign-on-store.ts

-- insertSignOn
insert into sign_ons (state_hash, secret_hash, provider_id, provider_revision, nonce, verifier, redirect_uri, expires_at)
values (:it.stateHash, :it.secretHash, :it.providerId, :it.providerRevision, :it.nonce,
        :it.verifier, :it.redirectUri, :it.expiresAt)

-- takeSignOn
delete from sign_ons where state_hash = :stateHash and secret_hash = :secretHash and expires_at > :now
returning provider_id, provider_revision, nonce, verifier, redirect_uri, expires_at

-- deleteExpiredSignOns
delete from sign_ons where expires_at < :now

-- providerOfSession
select provider_id from sessions where id = :sessionId

-- takeLogout
insert into logout_tokens (provider_id, number_hash, kept_until)
values (:it.providerId, :it.numberHash, :it.keptUntil) on conflict do nothing

-- deleteOldLogouts
delete from logout_tokens where kept_until < :now

-- deleteSessionsBegun
with gone as (
  delete from sessions where provider_id = :it.providerId and created_at <= :it.before
    and (:it.subject::text is null or issuer_subject = :it.subject)
    and (:it.session::text is null or issuer_session = :it.session
         or (issuer_session is null and :it.subject::text is not null))
  returning person_id)
select p.login, p.organisation_id from gone join people p on p.id = gone.person_id order by p.login

-- packages/server/src/modules/identity/policy-store.ts

-- findPolicy
select settings, revision from identity_policy

-- insertPolicy
insert into identity_policy (settings, revision) values (:(JSON.stringify(settings)), 1) on conflict do nothing

-- updatePolicy
update identity_policy set settings = :(JSON.stringify(settings)), revision = revision + 1
where revision = :revision

-- packages/server/src/modules/identity/session-store.ts

-- insertSession
insert into sessions (id, token_hash, person_id, created_at, expires_at, last_used_at, address, agent,
                      provider_id, issuer_subject, issuer_session)
values (:it.id, :it.tokenHash, :it.personId, :it.createdAt, :it.expiresAt, :it.createdAt,
        :it.address, :it.agent, :(it.elsewhere?.providerId ?? null), :(it.elsewhere?.subject ?? null),
        :(it.elsewhere?.session ?? null))

-- ofPerson
p.*, (select settings from identity_policy) as policy,
exists (select from second_factors f where f.person_id = p.id and f.confirmed_at is not null) as has_factor,
coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'organisationId', g.organisation_id,
    'organisationPath', o.path, 'reach', g.reach, 'until', g.until, 'lentBy', h.lent_by, 'emergency', g.emergency))
  from (select p.id as person_id, null::jsonb as lent_by
        union all
        select d.person_id, jsonb_build_object('personId', l.id, 'login', l.login, 'from', d.starts_at, 'until', d.ends_at)
        from delegations d join people l on l.id = d.person_id
        where d.delegate_id = p.id and d.ended_at is null) h
  join grants g on g.person_id = h.person_id and g.pending_until is null
    and not (g.emergency and h.lent_by is not null) -- what is for emergencies is lent to nobody
    -- what claims gave rests while nobody is believed who makes them
    and (g.provider_id is null or exists (select from identity_providers i where i.id = g.provider_id and i.enabled))
  join organisations o on o.id = g.organisation_id), '[]') as grants

-- sessionsProven
select s.id as session_id, s.expires_at, coalesce(s.last_used_at, s.created_at) as last_used_at, s.factor_at,
  :provenAt as proven_at, null::text[] as operations, s.provider_id is null as by_password, :ofPerson
from sessions s join people p on p.id = s.person_id

-- sessions
s.proven_at

-- sessionByToken
:sessions where s.token_hash = :tokenHash

-- sessionByPreviousToken
:(sessionsProven(sql)) where s.previous_token_hash = :tokenHash and s.previous_until > :now

-- sessionByPreviousToken
null::timestamptz

-- sessionById
:sessions where s.id = :id

-- tokens
select t.id as session_id, t.expires_at, coalesce(t.last_used_at, t.created_at) as last_used_at,
  null::timestamptz as factor_at, null::timestamptz as proven_at, t.operations, false as by_password, :ofPerson
from api_tokens t join people p on p.id = t.person_id

-- apiTokenByHash
:tokens where t.token_hash = :tokenHash and t.ended_at is null

-- apiTokenEntry
:tokens where t.id = :id and t.ended_at is null

-- touch
update api_tokens set last_used_at = :now where id = :sessionId and (last_used_at is null or last_used_at < :before)

-- touch
update sessions set last_used_at = :now where id = :sessionId and (last_used_at is null or last_used_at < :before)

-- replaceToken
update sessions set
  previous_token_hash = :(it.graceUntil === null ? null : sql), previous_until = :it.graceUntil,
  token_hash = :it.tokenHash, proven_at = coalesce(:it.provenAt, proven_at),
  factor_at = coalesce(factor_at, :it.provenAt), challenge = null, challenge_until = null
where id = :id

-- replaceToken
token_hash

-- setChallenge
update sessions set challenge = :challenge, challenge_until = :until where id = :id

-- takeChallenge
update sessions s set challenge = null, challenge_until = null
from (select id, challenge from sessions where id = :id and challenge_until > :now for update) it
where s.id = it.id returning it.challenge

-- sessionsOf
select id, address, agent, created_at, coalesce(last_used_at, created_at) as last_used_at, expires_at
from sessions where person_id = :personId and expires_at > :now order by id desc limit 200

-- deleteSession
delete from sessions where id = :id

-- deleteSessionOf
delete from sessions where id = :id and person_id = :personId

-- deleteSessions
delete from sessions where person_id = :personId and id is distinct from :keep

-- deleteExpiredSessions
delete from sessions where expires_at < :now

-- packages/server/src/modules/identity/store.ts

-- columns
id, login, name, organisation_id, password_hash, must_change_password, failures, locked_until, proof_failures,
proof_locked_until, created_at, kind, ended_at, password_changed_at,
password_expires_at

-- insertPerson
insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at, kind,
  password_changed_at, password_expires_at)
values (:it.id, :it.login, :it.name, :it.organisationId, :it.passwordHash, :it.mustChangePassword,
        :it.createdAt, :it.kind, :it.createdAt, :it.passwordExpiresAt)

-- personByLogin
select :columns from people where login = :login

-- isLoginTaken
select pg_advisory_xact_lock(hashtextextended(lower(:login collate "C"), 1))

-- isLoginTaken
select from people where lower(login collate "C") = lower(:login collate "C") limit 1

-- personById
select :columns from people where id = :id

-- lockPerson
select :columns from people where id = :id for update

-- findPerson
select :columns from people where id = :id and :(visible(scope, 'organisation_id'))

-- listPeople
:(when(filter.organisationId, sql))
:(when(filter.kind, sql))

-- listPeople
and organisation_id = :filter.organisationId

-- listPeople
and kind = :filter.kind

-- counters
failures

-- counters
locked_until

-- counters
proof_failures

-- counters
proof_locked_until

-- countFailure
update people set
  :failures = case when :lockedUntil < :it.now then 1 else :failures + 1 end,
  :lockedUntil = case when :lockedUntil is distinct from null and :lockedUntil < :it.now then null
                        when :failures + 1 >= :it.limit then :it.lockedUntil else :lockedUntil end
where id = :id

-- clearFailures
update people set :failures = 0, :lockedUntil = null where id = :id

-- setPassword
with past as (
  insert into past_passwords (person_id, replaced_at, password_hash)
  select id, :it.at, password_hash from people where id = :id and password_hash <> ''
  on conflict do nothing)
update people set password_hash = :it.passwordHash, must_change_password = :it.mustChangePassword,
  password_changed_at = :it.at, password_expires_at = :it.expiresAt, failures = 0, locked_until = null
where id = :id

-- pastPasswords
select password_hash from past_passwords where person_id = :personId order by replaced_at desc limit :limit

-- forgetPastPasswords
delete from past_passwords where person_id = :personId

-- endPerson
update people set ended_at = :at, password_hash = '' where id = :id

-- holdersOf
with recursive above as (
  select id, parent_id from organisations where id = :organisationId
  union all select o.id, o.parent_id from organisations o join above a on o.id = a.parent_id)
select g.person_id, bool_or(:organisationId in (p.organisation_id, g.organisation_id)) as own
from above a join grants g on g.organisation_id = a.id join people p on p.id = g.person_id
where g.role = :role and (g.until is null or g.until > :now)
  and (g.reach <> 'own' or g.organisation_id = :organisationId)
group by g.person_id order by g.person_id

-- insertDelegation
insert into delegations (id, person_id, delegate_id, starts_at, ends_at, ended_at, reason, created_at)
values (:it.id, :it.personId, :it.delegateId, :it.startsAt, :it.endsAt, :it.endedAt, :it.reason,
        :it.createdAt)

-- delegations
select d.*, p.login as person_login, l.login as delegate_login
from delegations d join people p on p.id = d.person_id join people l on l.id = d.delegate_id

-- delegationsOf
:delegations where d.person_id = :personId or d.delegate_id = :personId order by d.id desc limit 200

-- countDelegationsBy
select count(*)::int as count from delegations
where person_id = :personId and ended_at is null and ends_at > :now

-- delegationById
:delegations where d.id = :id

-- endDelegation
update delegations set ended_at = :at where id = :id and ended_at is null

-- endDelegationsOf
update delegations set ended_at = :at
where (person_id = :personId or delegate_id = :personId) and ended_at is null

-- peopleOver
select distinct g.person_id from grants g
join organisations at on at.id = g.organisation_id
join organisations o on o.id = :organisationId
where g.role = any(:[...roles]::text[]) and (g.until is null or g.until > :now)
  and (g.reach = 'all' or (g.reach = 'own' and at.id = o.id)
       or (g.reach = 'subtree' and starts_with(o.path, at.path)))
limit 2

-- homesOf
select id, organisation_id from people where id = any(:[...personIds]::uuid[])

-- namesOf
select id, name from people where id = any(:[...ids]::uuid[])

-- packages/server/src/modules/identity/token-store.ts

-- insertApiToken
insert into api_tokens (id, person_id, name, token_hash, operations, created_at, expires_at)
values (:it.id, :it.personId, :it.name, :it.tokenHash, :it.operations, :it.createdAt, :it.expiresAt)

-- apiTokensOf
select id, person_id, name, operations, created_at, expires_at, last_used_at, ended_at
from api_tokens where person_id = :personId order by id desc limit 500

-- serviceTokensEnding
select t.id, t.name, p.login, p.organisation_id, t.expires_at
from people p join api_tokens t on t.person_id = p.id
where p.kind = 'service' and p.ended_at is null and t.ended_at is null
  and t.expires_at > :span.now and t.expires_at <= :span.before and :(visible(scope, 'p.organisation_id'))
order by t.expires_at, t.id limit :limit

-- endApiToken
update api_tokens set ended_at = :now where id = :id and person_id = :personId and ended_at is null

-- endApiTokens
update api_tokens set ended_at = :now where person_id = :personId and ended_at is null
