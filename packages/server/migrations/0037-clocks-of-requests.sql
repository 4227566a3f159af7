-- 0037-clocks-of-requests.sql
-- An inbox runs by the clock: when whoever has the move is late stands beside the request, so that the soonest are found
-- without reading every track. The table keeps it itself, for the release before this one moves requests as well.
alter table service_requests add column due_at timestamptz;
update service_requests r set due_at = t.due_at
  from request_track t where t.request_id = r.id and t.ended_at is null and t.due_at is not null;

create function keep_clock_of_request() returns trigger language plpgsql as $$
begin
  update service_requests set due_at = new.due_at
  where id = new.request_id and due_at is distinct from new.due_at;
  return null;
end $$;
create trigger clock_of_request after insert on request_track
  for each row when (new.ended_at is null) execute function keep_clock_of_request();

create index service_requests_due on service_requests (due_at, id) where due_at is not null;
create index service_requests_due_of on service_requests (organisation_id, due_at, id) where due_at is not null;
