-- packages/server/src/modules/findings/store.ts

-- columns
id, organisation_id, provider_organisation_id, subject, title, detail, severity, state,
due_on::text as due_on, remark, answer, raised_by, raised_at, answered_at, closed_at

-- seenBy
(:(visible(operated, 'findings.organisation_id')) or :(visible(supplied, 'findings.provider_organisation_id')))

-- insertFinding
insert into findings (id, organisation_id, provider_organisation_id, subject, title, detail, severity, state,
                      raised_by, raised_at)
values (:it.id, :it.organisationId, :it.providerOrganisationId, :it.subject, :it.title, :it.detail,
        :it.severity, :it.state, :it.raisedBy, :it.raisedAt)

-- titlesOf
select id, title from findings where id = any(:[...ids]::uuid[])

-- findFinding
select :columns from findings where id = :id and :(seenBy(sight))

-- lockFinding
select :columns from findings where id = :id and :(seenBy(sight)) for update

-- listFindings
select :columns from findings where :(seenBy(sight))
:(when(it.state, sql)) :(when(it.severity, sql))
:(when(it.organisationId, sql)) :(pageFrom(page))

-- listFindings
and state = :it.state

-- listFindings
and severity = :it.severity

-- listFindings
and organisation_id = :it.organisationId

-- saveFinding
update findings set state = :it.state, due_on = :it.dueOn, remark = :it.remark, answer = :it.answer,
       answered_at = :it.answeredAt, closed_at = :it.closedAt
where id = :it.id returning :columns
