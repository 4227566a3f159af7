-- packages/server/src/modules/identity/grant-review-store.ts

-- listReviews
and (until is null or until > :it.now or :(canBeWoken(it.now)))
:(when(it.personId, sql))
:(it.due === null ? empty : sql)
:(it.unused === null ? empty : sql)

-- listReviews
and person_id = :it.personId

-- listReviews
and (coalesce(reviewed_at, created_at) <= :it.since) = :it.due

-- listReviews
and (not emergency and coalesce(last_used_at, created_at) <= :it.since) = :it.unused

-- keepGrant
update grants set reviewed_at = :at, reviewed_by_id = :reviewedById where id = :id returning :columns

-- loginsOf
select id, login from people where id = any(:[...ids]::uuid[])

-- saveUses
update grants g set last_used_at = greatest(g.last_used_at, u.at)
from jsonb_to_recordset(:(JSON.stringify(uses))::jsonb) as u(id uuid, at timestamptz) where g.id = u.id

-- packages/server/src/modules/identity/grant-store.ts

-- columns
id, person_id, role, organisation_id, reach, until, lasts_until, pending_until, asked_by_id,
confirmed_by_id, emergency, awake_reason, last_used_at, reviewed_at, created_at

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

-- lastingSecurityAdmins
select g.id, g.organisation_id, p.organisation_id as home_id from grants g join people p on p.id = g.person_id
where g.role = 'security-admin' and g.reach = 'all' and g.until is null order by g.id for update of g

-- setAwake
update grants set until = :it.until, awake_reason = :it.reason where id = :id returning :columns

-- endGrantsAt
update grants set until = least(until, :at), lasts_until = least(lasts_until, :at), pending_until = null
where (organisation_id = :organisationId
       or person_id in (select id from people where organisation_id = :organisationId))
  and (until is null or until > :at or pending_until is not null or :(canBeWoken(at)))

-- packages/server/src/modules/identity/store.ts

-- columns
id, login, name, organisation_id, password_hash, must_change_password, failures, locked_until, created_at

-- insertPerson
insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at)
values (:it.id, :it.login, :it.name, :it.organisationId, :it.passwordHash, :it.mustChangePassword, :it.createdAt)

-- personByLogin
select :columns from people where login = :login

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

-- countFailure
update people set
  failures = case when locked_until < :now then 1 else failures + 1 end,
  locked_until = case when locked_until is distinct from null and locked_until < :now then null
                      when failures + 1 >= :limit then :lockedUntil else locked_until end
where id = :id

-- clearFailures
update people set failures = 0, locked_until = null where id = :id

-- setPassword
update people set password_hash = :passwordHash, must_change_password = false where id = :id

-- insertSession
insert into sessions (id, token_hash, person_id, created_at, expires_at)
values (:it.id, :it.tokenHash, :it.personId, :it.createdAt, :it.expiresAt)

-- sessions
select s.id as session_id, s.expires_at, p.*,
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
from sessions s join people p on p.id = s.person_id

-- sessionByToken
:sessions where s.token_hash = :tokenHash

-- sessionById
:sessions where s.id = :id

-- deleteSession
delete from sessions where id = :id

-- deleteOtherSessions
delete from sessions where person_id = :personId and id <> :keep

-- deleteExpiredSessions
delete from sessions where expires_at < :now

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

-- delegationById
:delegations where d.id = :id

-- endDelegation
update delegations set ended_at = :at where id = :id and ended_at is null

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
