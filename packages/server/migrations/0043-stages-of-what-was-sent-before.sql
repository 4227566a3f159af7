-- 0043-stages-of-what-was-sent-before.sql
-- Requests that were sent before there were stages wait for their operator, and were in nobody's inbox.
with sent as (
  select r.id, r.organisation_id, r.operator_organisation_id, coalesce(r.due_at, r.updated_at + interval '1 day') as due_at
  from service_requests r
  where r.state = 'submitted'
    and not exists (select from approval_stages s where s.subject_id = r.id)
), stages as (
  insert into approval_stages (subject_id, subject_kind, organisation_id, operator_organisation_id, round, position, name,
                               parties, needs, limit_minutes, escalate_to, state, due_at)
  select id, 'request', organisation_id, operator_organisation_id, 1, 1, '审批', '["operator"]', 'any', 480,
         'upper-operator', 'open', due_at
  from sent
)
insert into approval_seats (subject_id, round, stage, position, party, organisation_id)
select id, 1, 1, 1, 'operator', operator_organisation_id from sent;
