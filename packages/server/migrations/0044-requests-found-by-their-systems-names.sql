-- 0044-requests-found-by-their-systems-names.sql
-- A request is called as the system it is for. A text that most systems are called by gave ten thousand systems to look
-- for among the requests; the table keeps the name itself, for the release before this one makes requests as well.
alter table service_requests add column system_name text not null default '';

create function name_request_as_its_system() returns trigger language plpgsql as $$
begin
  new.system_name := (select name from business_systems where id = new.system_id);
  return new;
end $$;
create trigger called_as_its_system before insert or update of system_id on service_requests
  for each row execute function name_request_as_its_system();

create function name_requests_as_their_system() returns trigger language plpgsql as $$
begin
  update service_requests set system_name = new.name where system_id = new.id;
  return null;
end $$;
create trigger requests_called_so after update of name on business_systems
  for each row when (old.name is distinct from new.name) execute function name_requests_as_their_system();

update service_requests r set system_name = s.name from business_systems s where s.id = r.system_id;

create index service_requests_text on service_requests using gin (bigrams(variadic array[system_name])) with (gin_pending_list_limit = 256);

-- What is called just so comes first, however many hold the text.
create index service_requests_called on service_requests (lower(system_name collate "C"), id);
create index resources_called on resources (lower(name collate "C"), id);
create index business_systems_called on business_systems (lower(name collate "C"), id);
create index organisations_called on organisations (lower(name collate "C"), id);
create index people_called on people (lower(name collate "C"), id);
create index people_called_by_login on people (lower(login collate "C"), id);
