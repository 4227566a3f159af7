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
:(it.emergency === null ? empty : sql)

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
confirmed_by_id, emergency, awake_reason, last_used_at, reviewed_at, reviewed_by_id, created_at

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

-- listGrants
:(when(personId, sql))
:(pending === null ? empty : sql)

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
insert into sessions (id, token_hash, person_id, created_at, expires_at, last_used_at, address, agent)
values (:it.id, :it.tokenHash, :it.personId, :it.createdAt, :it.expiresAt, :it.createdAt,
        :it.address, :it.agent)

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
  join organisations o on o.id = g.organisation_id), '[]') as grants

-- sessionsProven
select s.id as session_id, s.expires_at, coalesce(s.last_used_at, s.created_at) as last_used_at, s.factor_at,
  :provenAt as proven_at, null::text[] as operations, :ofPerson
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
  null::timestamptz as factor_at, null::timestamptz as proven_at, t.operations, :ofPerson
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
select from people where lower(login collate "C") = lower(:login collate "C") limit 1

-- personById
select :columns from people where id = :id

-- lockPerson
select :columns from people where id = :id for update

-- findPerson
select :columns from people where id = :id and :(visible(scope, 'organisation_id'))

-- listPeople
:(when(filter.organisationId, sql))

-- listPeople
and organisation_id = :filter.organisationId

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

-- endApiToken
update api_tokens set ended_at = :now where id = :id and person_id = :personId and ended_at is null

-- endApiTokens
update api_tokens set ended_at = :now where person_id = :personId and ended_at is null
