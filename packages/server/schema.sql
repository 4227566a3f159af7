-- The schema after the last migration, as PostgreSQL's catalogue tells it. Generated: see tools/golden.ts.

create table public.advice (
  id uuid not null,
  kind text not null,
  resource_id uuid not null,
  resource_kind text not null,
  organisation_id uuid not null,
  system_id uuid not null,
  parameters jsonb not null,
  monthly_saving_yuan_e4 bigint not null,
  state text not null,
  found_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  owner_person_id uuid,
  due_on date,
  overdue_at timestamp with time zone,
  outcome text,
  request_id uuid,
  done_by_request_id uuid,
  cost_yuan_e4 bigint,
  saved_yuan_e4 bigint,
  saved_from timestamp with time zone,
  constraint advice_pkey PRIMARY KEY (id),
  constraint advice_done_by_request_id_fkey FOREIGN KEY (done_by_request_id) REFERENCES service_requests(id),
  constraint advice_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint advice_owner_person_id_fkey FOREIGN KEY (owner_person_id) REFERENCES people(id),
  constraint advice_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint advice_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resources(id),
  constraint advice_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint advice_state_check CHECK ((state = ANY (ARRAY['open'::text, 'assigned'::text, 'done'::text, 'declined'::text, 'dismissed'::text, 'settled'::text])))
);
CREATE INDEX advice_due ON public.advice USING btree (due_on) WHERE ((state = 'assigned'::text) AND (overdue_at IS NULL));
CREATE INDEX advice_organisation ON public.advice USING btree (organisation_id, id);
CREATE INDEX advice_put_aside ON public.advice USING btree (resource_id) WHERE (state = ANY (ARRAY['dismissed'::text, 'declined'::text]));
CREATE UNIQUE INDEX advice_standing ON public.advice USING btree (resource_id, kind) WHERE (state = ANY (ARRAY['open'::text, 'assigned'::text]));
CREATE INDEX advice_state ON public.advice USING btree (state, id);

create table public.api_tokens (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  token_hash bytea not null,
  operations text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash),
  constraint api_tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id)
);
CREATE INDEX api_tokens_person ON public.api_tokens USING btree (person_id, id);
CREATE TRIGGER api_tokens_tell AFTER DELETE OR UPDATE OF token_hash, operations, expires_at, ended_at, person_id ON public.api_tokens FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.approval_routes (
  id uuid not null,
  code text not null,
  operator_organisation_id uuid,
  name text not null,
  "position" integer not null,
  conditions jsonb not null,
  stages jsonb not null,
  withdrawn_at timestamp with time zone,
  revision integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint approval_routes_pkey PRIMARY KEY (id),
  constraint approval_routes_code_key UNIQUE (code),
  constraint approval_routes_operator_organisation_id_fkey FOREIGN KEY (operator_organisation_id) REFERENCES organisations(id)
);
CREATE INDEX approval_routes_in_force ON public.approval_routes USING btree ("position", id) WHERE (withdrawn_at IS NULL);

create table public.approval_seats (
  subject_id uuid not null,
  round integer not null,
  stage integer not null,
  "position" integer not null,
  party text not null,
  organisation_id uuid not null,
  escalated boolean default false not null,
  decided_by uuid,
  by_login text,
  decided_for uuid,
  for_login text,
  verdict text,
  remark text default ''::text not null,
  ended_at timestamp with time zone,
  constraint approval_seats_pkey PRIMARY KEY (subject_id, round, stage, "position"),
  constraint approval_seats_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES people(id),
  constraint approval_seats_decided_for_fkey FOREIGN KEY (decided_for) REFERENCES people(id),
  constraint approval_seats_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint approval_seats_verdict_check CHECK ((verdict = ANY (ARRAY['agreed'::text, 'returned'::text, 'rejected'::text])))
);
CREATE INDEX approval_seats_waiting ON public.approval_seats USING btree (organisation_id, subject_id) WHERE (ended_at IS NULL);

create table public.approval_stages (
  subject_id uuid not null,
  subject_kind text not null,
  organisation_id uuid not null,
  operator_organisation_id uuid not null,
  sent_by uuid,
  round integer not null,
  "position" integer not null,
  name text not null,
  parties jsonb not null,
  needs text not null,
  limit_minutes integer not null,
  escalate_to text,
  state text not null,
  due_at timestamp with time zone,
  escalated_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint approval_stages_pkey PRIMARY KEY (subject_id, round, "position"),
  constraint approval_stages_operator_organisation_id_fkey FOREIGN KEY (operator_organisation_id) REFERENCES organisations(id),
  constraint approval_stages_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint approval_stages_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES people(id),
  constraint approval_stages_needs_check CHECK ((needs = ANY (ARRAY['any'::text, 'all'::text]))),
  constraint approval_stages_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'agreed'::text, 'ended'::text]))),
  constraint approval_stages_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['request'::text, 'collection'::text])))
);
CREATE INDEX approval_stages_open ON public.approval_stages USING btree (due_at) WHERE ((state = 'open'::text) AND (escalated_at IS NULL));

create table public.attachment_chunks (
  attachment_id uuid not null,
  "position" integer not null,
  content bytea not null,
  constraint attachment_chunks_pkey PRIMARY KEY (attachment_id, "position"),
  constraint attachment_chunks_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachments(id) ON DELETE CASCADE
);

create table public.attachments (
  id uuid not null,
  request_id uuid not null,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 bytea,
  added_by uuid not null,
  created_at timestamp with time zone not null,
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_added_by_fkey FOREIGN KEY (added_by) REFERENCES people(id),
  constraint attachments_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id)
);
CREATE INDEX attachments_arriving ON public.attachments USING btree (created_at) WHERE (sha256 IS NULL);
CREATE INDEX attachments_request ON public.attachments USING btree (request_id, id);

create table public.audit_chain (
  "position" bigint not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  hash bytea not null,
  mac text not null,
  constraint audit_chain_pkey PRIMARY KEY ("position"),
  constraint audit_chain_entry_id_key UNIQUE (entry_id)
);
CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON public.audit_chain FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_trail();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail();

create table public.audit_checkpoints (
  number bigint not null,
  installation text not null,
  "position" bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  previous bytea not null,
  unsigned_up_to bigint not null,
  key_number integer not null,
  public_key text not null,
  next_public_key text,
  signature text not null,
  constraint audit_checkpoints_pkey PRIMARY KEY (number)
);
CREATE INDEX audit_checkpoints_position ON public.audit_checkpoints USING btree ("position");
CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON public.audit_checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_trail();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail();

create table public.audit_entries (
  id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  on_behalf_of text,
  operation text not null,
  target text not null,
  organisation_id uuid,
  address text,
  trace text not null,
  before json,
  after json,
  actor_organisation_id uuid,
  mac text,
  emergency_grant_id uuid,
  outcome text,
  constraint audit_entries_pkey PRIMARY KEY (id, at),
  constraint audit_entries_outcome CHECK ((outcome = 'refused'::text)) NOT VALID
) partition by RANGE (at);
CREATE INDEX audit_entries_actor ON ONLY public.audit_entries USING btree (actor, id);
CREATE INDEX audit_entries_foreign ON ONLY public.audit_entries USING btree (organisation_id, id) WHERE (actor_organisation_id <> organisation_id);
CREATE INDEX audit_entries_operation ON ONLY public.audit_entries USING btree (operation, id);
CREATE INDEX audit_entries_organisation ON ONLY public.audit_entries USING btree (organisation_id, id);
CREATE INDEX audit_entries_refused ON ONLY public.audit_entries USING btree (id) WHERE (outcome IS NOT NULL);
CREATE INDEX audit_entries_target ON ONLY public.audit_entries USING btree (target, id);
CREATE INDEX audit_entries_trace ON ONLY public.audit_entries USING btree (trace, id);
CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_trail();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail();
CREATE TRIGGER queued_for_the_sealer AFTER INSERT ON public.audit_entries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION queue_for_the_sealer();

create table public.audit_entries_default partition of public.audit_entries default;

create table public.audit_keys (
  number integer not null,
  public_key text not null,
  private_key text,
  mac text not null,
  created_at timestamp with time zone not null,
  constraint audit_keys_pkey PRIMARY KEY (number)
);

create table public.audit_policies (
  only_one boolean default true not null,
  months integer not null,
  constraint audit_policies_pkey PRIMARY KEY (only_one),
  constraint audit_policies_months_check CHECK ((months >= 6)),
  constraint audit_policies_only_one_check CHECK (only_one)
);

create table public.audit_queue (
  number bigint generated always as identity not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  constraint audit_queue_pkey PRIMARY KEY (number)
);

create table public.audit_verifications (
  id uuid not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  entries bigint not null,
  problem jsonb,
  constraint audit_verifications_pkey PRIMARY KEY (id)
);

create table public.bill_corrections (
  id uuid not null,
  organisation_id uuid not null,
  month text not null,
  bill_id uuid,
  corrects_bill_id uuid not null,
  corrects_month text not null,
  corrects_position integer,
  system_id uuid,
  component_id uuid,
  platform_id uuid,
  amount_yuan_e4 bigint not null,
  reason text not null,
  corrected_by text not null,
  created_at timestamp with time zone not null,
  constraint bill_corrections_pkey PRIMARY KEY (id),
  constraint bill_corrections_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES bills(id),
  constraint bill_corrections_corrects_bill_id_fkey FOREIGN KEY (corrects_bill_id) REFERENCES bills(id),
  constraint bill_corrections_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint bill_corrections_amount_yuan_e4_check CHECK (((amount_yuan_e4 <> 0) AND ((amount_yuan_e4 % (100)::bigint) = 0)))
);
CREATE INDEX bill_corrections_bill ON public.bill_corrections USING btree (bill_id);
CREATE INDEX bill_corrections_corrected ON public.bill_corrections USING btree (corrects_bill_id);
CREATE INDEX bill_corrections_open ON public.bill_corrections USING btree (organisation_id) WHERE (bill_id IS NULL);

create table public.bill_lines (
  bill_id uuid not null,
  "position" integer not null,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  system_id uuid not null,
  component_id uuid not null,
  component_name text not null,
  measure text not null,
  phase text not null,
  quantity bigint not null,
  seconds bigint not null,
  held_until timestamp with time zone not null,
  month_seconds bigint not null,
  monthly_price_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  platform_id uuid,
  constraint bill_lines_pkey PRIMARY KEY (bill_id, "position"),
  constraint bill_lines_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES bills(id)
);
CREATE INDEX bill_lines_component ON public.bill_lines USING btree (component_id, phase, held_until);
CREATE INDEX bill_lines_platform ON public.bill_lines USING btree (platform_id, bill_id);

create table public.bills (
  id uuid not null,
  organisation_id uuid not null,
  month text not null,
  amount_yuan_e4 bigint not null,
  closed_at timestamp with time zone not null,
  constraint bills_pkey PRIMARY KEY (id),
  constraint bills_organisation_id_month_key UNIQUE (organisation_id, month),
  constraint bills_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id)
);
CREATE INDEX bills_month ON public.bills USING btree (month, id);
CREATE INDEX bills_of_month ON public.bills USING btree (month, organisation_id) INCLUDE (amount_yuan_e4);
CREATE INDEX bills_organisation ON public.bills USING btree (organisation_id, id);

create table public.budget_warnings (
  budget_id uuid not null,
  percent integer not null,
  spent_yuan_e4 bigint not null,
  warned_at timestamp with time zone not null,
  constraint budget_warnings_pkey PRIMARY KEY (budget_id, percent),
  constraint budget_warnings_budget_id_fkey FOREIGN KEY (budget_id) REFERENCES budgets(id) ON DELETE CASCADE
);

create table public.budgets (
  id uuid not null,
  organisation_id uuid not null,
  system_id uuid,
  component_id uuid,
  period text not null,
  amount_yuan_e4 bigint not null,
  hard boolean not null,
  warning_percents jsonb not null,
  updated_at timestamp with time zone not null,
  constraint budgets_pkey PRIMARY KEY (id),
  constraint budgets_organisation_id_period_system_id_component_id_key UNIQUE NULLS NOT DISTINCT (organisation_id, period, system_id, component_id),
  constraint budgets_component_id_fkey FOREIGN KEY (component_id) REFERENCES components(id),
  constraint budgets_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint budgets_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint budgets_amount_yuan_e4_check CHECK ((amount_yuan_e4 >= 0))
);
CREATE INDEX budgets_period ON public.budgets USING btree (period, id);

create table public.business_systems (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  security_grade integer not null,
  data_class text not null,
  recovery_mode text not null,
  zone text not null,
  created_at timestamp with time zone not null,
  constraint business_systems_pkey PRIMARY KEY (id),
  constraint business_systems_organisation_id_name_key UNIQUE (organisation_id, name),
  constraint business_systems_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id)
);
CREATE INDEX business_systems_called ON public.business_systems USING btree (lower((name COLLATE "C")), id);
CREATE INDEX business_systems_organisation ON public.business_systems USING btree (organisation_id, id);
CREATE INDEX business_systems_text ON public.business_systems USING gin (bigrams(VARIADIC ARRAY[name])) WITH (gin_pending_list_limit='256');
CREATE TRIGGER requests_called_so AFTER UPDATE OF name ON public.business_systems FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name)) EXECUTE FUNCTION name_requests_as_their_system();

create table public.closing_policies (
  only_one boolean default true not null,
  day_kind text not null,
  day integer not null,
  hour integer not null,
  constraint closing_policies_pkey PRIMARY KEY (only_one),
  constraint closing_policies_day_check CHECK (((day >= 1) AND (day <= 20))),
  constraint closing_policies_day_kind_check CHECK ((day_kind = ANY (ARRAY['calendar-day'::text, 'working-day'::text]))),
  constraint closing_policies_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint closing_policies_only_one_check CHECK (only_one)
);

create table public.cloud_nodes (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  division_code text not null,
  operator_organisation_id uuid not null,
  created_at timestamp with time zone not null,
  provider_organisation_id uuid,
  constraint cloud_nodes_pkey PRIMARY KEY (id),
  constraint cloud_nodes_code_key UNIQUE (code),
  constraint cloud_nodes_operator_organisation_id_fkey FOREIGN KEY (operator_organisation_id) REFERENCES organisations(id),
  constraint cloud_nodes_provider_organisation_id_fkey FOREIGN KEY (provider_organisation_id) REFERENCES organisations(id)
);

create table public.collections (
  id uuid not null,
  name text not null,
  bureau_organisation_id uuid not null,
  operator_organisation_id uuid not null,
  state text not null,
  sent_by uuid,
  revision integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint collections_pkey PRIMARY KEY (id),
  constraint collections_bureau_organisation_id_fkey FOREIGN KEY (bureau_organisation_id) REFERENCES organisations(id),
  constraint collections_operator_organisation_id_fkey FOREIGN KEY (operator_organisation_id) REFERENCES organisations(id),
  constraint collections_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES people(id)
);
CREATE INDEX collections_bureau ON public.collections USING btree (bureau_organisation_id, id);
CREATE INDEX collections_state ON public.collections USING btree (state, id);

create table public.components (
  id uuid not null,
  code text not null,
  name text not null,
  measure text not null,
  created_at timestamp with time zone not null,
  constraint components_pkey PRIMARY KEY (id),
  constraint components_code_key UNIQUE (code),
  constraint components_measure_check CHECK ((measure = ANY (ARRAY['vcpu'::text, 'memory-gib'::text, 'volume-gib'::text, 'address'::text])))
);

create unlogged table public.console_tickets (
  token_hash bytea not null,
  session_id uuid not null,
  server_id uuid not null,
  protocol text not null,
  expires_at timestamp with time zone not null,
  constraint console_tickets_pkey PRIMARY KEY (token_hash),
  constraint console_tickets_server_id_fkey FOREIGN KEY (server_id) REFERENCES resources(id),
  constraint console_tickets_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
  constraint console_tickets_protocol_check CHECK ((protocol = ANY (ARRAY['vnc'::text, 'text'::text])))
);
CREATE INDEX console_tickets_expires_at ON public.console_tickets USING btree (expires_at);
CREATE INDEX console_tickets_session ON public.console_tickets USING btree (session_id);

create table public.data_centres (
  id uuid not null,
  node_id uuid not null,
  code text not null,
  name text not null,
  role text not null,
  longitude double precision not null,
  latitude double precision not null,
  created_at timestamp with time zone not null,
  power_grid text,
  river_basin text,
  seismic_belt text,
  pue double precision,
  green_level text,
  green_issuer text,
  green_expires_at timestamp with time zone,
  lease_ends_at timestamp with time zone,
  revision integer default 1 not null,
  constraint data_centres_pkey PRIMARY KEY (id),
  constraint data_centres_code_key UNIQUE (code),
  constraint data_centres_node_id_fkey FOREIGN KEY (node_id) REFERENCES cloud_nodes(id),
  constraint data_centres_pue_check CHECK ((pue >= (1)::double precision))
);
CREATE INDEX data_centres_node ON public.data_centres USING btree (node_id);

create table public.data_keys (
  number integer generated by default as identity not null,
  purpose text not null,
  suite text not null,
  wrapped text not null,
  mark text not null,
  created_at timestamp with time zone not null,
  used_from timestamp with time zone,
  retired_at timestamp with time zone,
  constraint data_keys_pkey PRIMARY KEY (number),
  constraint data_keys_check CHECK (((retired_at IS NULL) OR (used_from IS NOT NULL))),
  constraint data_keys_purpose_check CHECK ((purpose = ANY (ARRAY['seal'::text, 'print'::text, 'sign'::text]))),
  constraint data_keys_suite_check CHECK ((suite = ANY (ARRAY['sm'::text, 'aes'::text])))
);
CREATE UNIQUE INDEX data_keys_in_use ON public.data_keys USING btree (purpose) WHERE ((used_from IS NOT NULL) AND (retired_at IS NULL));

create table public.delegations (
  id uuid not null,
  person_id uuid not null,
  delegate_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  reason text not null,
  created_at timestamp with time zone not null,
  constraint delegations_pkey PRIMARY KEY (id),
  constraint delegations_delegate_id_fkey FOREIGN KEY (delegate_id) REFERENCES people(id),
  constraint delegations_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint delegations_check CHECK ((ends_at > starts_at))
);
CREATE INDEX delegations_delegate ON public.delegations USING btree (delegate_id, id);
CREATE INDEX delegations_person ON public.delegations USING btree (person_id, id);
CREATE TRIGGER delegations_tell AFTER INSERT OR DELETE OR UPDATE ON public.delegations FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.deliveries (
  operation_id uuid not null,
  request_id uuid not null,
  line_id uuid not null,
  round integer not null,
  outcome text,
  constraint deliveries_pkey PRIMARY KEY (operation_id),
  constraint deliveries_line_id_fkey FOREIGN KEY (line_id) REFERENCES request_lines(id),
  constraint deliveries_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operations(id),
  constraint deliveries_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text])))
);
CREATE INDEX deliveries_request ON public.deliveries USING btree (request_id, round);

create table public.demand_plans (
  id uuid not null,
  organisation_id uuid not null,
  year integer not null,
  state text not null,
  remark text not null,
  lines jsonb not null,
  updated_at timestamp with time zone not null,
  constraint demand_plans_pkey PRIMARY KEY (id),
  constraint demand_plans_organisation_id_year_key UNIQUE (organisation_id, year),
  constraint demand_plans_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint demand_plans_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'accepted'::text])))
);
CREATE INDEX demand_plans_organisation ON public.demand_plans USING btree (organisation_id, id);
CREATE INDEX demand_plans_year ON public.demand_plans USING btree (year, id);

create table public.directory_failures (
  provider_id uuid not null,
  subject text not null,
  failures integer not null,
  locked_until timestamp with time zone,
  constraint directory_failures_pkey PRIMARY KEY (provider_id, subject),
  constraint directory_failures_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE
);

create table public.event_places (
  reader text not null,
  "position" bigint not null,
  constraint event_places_pkey PRIMARY KEY (reader)
);

create table public.events (
  "position" bigint generated always as identity not null,
  xact xid8 default pg_current_xact_id() not null,
  at timestamp with time zone not null,
  type text not null,
  subject text not null,
  organisation_id uuid,
  data jsonb not null,
  constraint events_pkey PRIMARY KEY ("position", at)
) partition by RANGE (at);
CREATE INDEX events_order ON ONLY public.events USING btree (xact, "position");
CREATE INDEX events_organisation ON ONLY public.events USING btree (organisation_id, xact, "position");

create table public.events_default partition of public.events default;

create table public.findings (
  id uuid not null,
  organisation_id uuid not null,
  provider_organisation_id uuid,
  subject text not null,
  title text not null,
  detail text not null,
  severity text not null,
  state text not null,
  due_on date,
  remark text default ''::text not null,
  answer text,
  raised_by text not null,
  raised_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint findings_pkey PRIMARY KEY (id),
  constraint findings_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint findings_provider_organisation_id_fkey FOREIGN KEY (provider_organisation_id) REFERENCES organisations(id),
  constraint findings_severity_check CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
  constraint findings_state_check CHECK ((state = ANY (ARRAY['raised'::text, 'ordered'::text, 'answered'::text, 'closed'::text])))
);
CREATE INDEX findings_organisation ON public.findings USING btree (organisation_id, id);
CREATE INDEX findings_provider ON public.findings USING btree (provider_organisation_id, id);

create table public.grants (
  id uuid not null,
  person_id uuid not null,
  role text not null,
  organisation_id uuid not null,
  reach text not null,
  until timestamp with time zone,
  created_at timestamp with time zone not null,
  pending_until timestamp with time zone,
  lasts_until timestamp with time zone,
  asked_by_id uuid,
  confirmed_by_id uuid,
  emergency boolean default false not null,
  awake_reason text,
  last_used_at timestamp with time zone,
  reviewed_at timestamp with time zone,
  reviewed_by_id uuid,
  provider_id uuid,
  constraint grants_pkey PRIMARY KEY (id),
  constraint grants_asked_by_id_fkey FOREIGN KEY (asked_by_id) REFERENCES people(id),
  constraint grants_confirmed_by_id_fkey FOREIGN KEY (confirmed_by_id) REFERENCES people(id),
  constraint grants_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint grants_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint grants_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE,
  constraint grants_reviewed_by_id_fkey FOREIGN KEY (reviewed_by_id) REFERENCES people(id),
  constraint grants_reach_check CHECK ((reach = ANY (ARRAY['own'::text, 'subtree'::text, 'all'::text])))
);
CREATE INDEX grants_of_providers ON public.grants USING btree (provider_id, person_id) WHERE (provider_id IS NOT NULL);
CREATE INDEX grants_organisation ON public.grants USING btree (organisation_id, id);
CREATE INDEX grants_pending ON public.grants USING btree (id) WHERE (pending_until IS NOT NULL);
CREATE INDEX grants_person ON public.grants USING btree (person_id, id);
CREATE TRIGGER grants_tell AFTER INSERT OR DELETE OR UPDATE OF person_id, role, organisation_id, reach, until, pending_until, emergency ON public.grants FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.hosts (
  id uuid not null,
  pool_id uuid not null,
  ref text not null,
  name text not null,
  in_order boolean not null,
  native_state text not null,
  vcpus integer not null,
  vcpus_used integer not null,
  memory_mib bigint not null,
  memory_mib_used bigint not null,
  zone text,
  aggregates text[] default '{}'::text[] not null,
  constraint hosts_pkey PRIMARY KEY (id),
  constraint hosts_pool_id_ref_key UNIQUE (pool_id, ref),
  constraint hosts_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pools(id) ON DELETE CASCADE,
  constraint hosts_memory_mib_check CHECK ((memory_mib >= 0)),
  constraint hosts_memory_mib_used_check CHECK ((memory_mib_used >= 0)),
  constraint hosts_vcpus_check CHECK ((vcpus >= 0)),
  constraint hosts_vcpus_used_check CHECK ((vcpus_used >= 0))
);

create table public.idempotency_keys (
  person_id uuid not null,
  key text not null,
  operation text not null,
  body_hash bytea not null,
  answer jsonb not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

create table public.identity_links (
  provider_id uuid not null,
  subject text not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint identity_links_pkey PRIMARY KEY (provider_id, subject),
  constraint identity_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint identity_links_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX identity_links_of_people ON public.identity_links USING btree (person_id, provider_id);

create table public.identity_policy (
  singleton boolean default true not null,
  settings jsonb not null,
  revision integer not null,
  constraint identity_policy_pkey PRIMARY KEY (singleton),
  constraint identity_policy_singleton_check CHECK (singleton)
);
CREATE TRIGGER identity_policy_tell AFTER INSERT OR DELETE OR UPDATE ON public.identity_policy FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.identity_providers (
  id uuid not null,
  code text not null,
  name text not null,
  settings jsonb not null,
  claims jsonb not null,
  secret text,
  rules jsonb not null,
  enabled boolean default false not null,
  revision integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint identity_providers_pkey PRIMARY KEY (id),
  constraint identity_providers_code_key UNIQUE (code)
);
CREATE TRIGGER identity_providers_tell AFTER UPDATE OF enabled ON public.identity_providers FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.installation (
  only_one boolean default true not null,
  code text not null,
  created_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (only_one),
  constraint installation_code_check CHECK ((code ~ '^[0-9a-hjkmnp-tv-z]{6}$'::text)),
  constraint installation_only_one_check CHECK (only_one)
);

create unlogged table public.key_readers (
  id uuid not null,
  seen_at timestamp with time zone not null,
  reads integer[] not null,
  seals_with integer,
  constraint key_readers_pkey PRIMARY KEY (id)
);

create table public.links (
  id uuid not null,
  organisation_id uuid not null,
  from_data_centre_id uuid not null,
  to_data_centre_id uuid not null,
  bandwidth_mbps integer not null,
  latency_ms double precision,
  latency_basis text not null,
  measured_at timestamp with time zone,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint links_pkey PRIMARY KEY (id),
  constraint links_from_data_centre_id_fkey FOREIGN KEY (from_data_centre_id) REFERENCES data_centres(id),
  constraint links_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint links_to_data_centre_id_fkey FOREIGN KEY (to_data_centre_id) REFERENCES data_centres(id),
  constraint links_bandwidth_mbps_check CHECK ((bandwidth_mbps > 0)),
  constraint links_check CHECK ((from_data_centre_id <> to_data_centre_id)),
  constraint links_latency_basis_check CHECK ((latency_basis = ANY (ARRAY['round-trip'::text, 'one-way'::text]))),
  constraint links_latency_ms_check CHECK ((latency_ms >= (0)::double precision))
);
CREATE UNIQUE INDEX links_ends ON public.links USING btree (LEAST(from_data_centre_id, to_data_centre_id), GREATEST(from_data_centre_id, to_data_centre_id));
CREATE INDEX links_to ON public.links USING btree (to_data_centre_id);

create table public.logout_tokens (
  provider_id uuid not null,
  number_hash bytea not null,
  kept_until timestamp with time zone not null,
  constraint logout_tokens_pkey PRIMARY KEY (provider_id, number_hash),
  constraint logout_tokens_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE
);
CREATE INDEX logout_tokens_by_end ON public.logout_tokens USING btree (kept_until);

create table public.migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default clock_timestamp() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table public.notice_preferences (
  person_id uuid not null,
  email text,
  mail boolean not null,
  quiet_from_hour smallint,
  quiet_until_hour smallint,
  language text not null,
  updated_at timestamp with time zone not null,
  constraint notice_preferences_pkey PRIMARY KEY (person_id),
  constraint notice_preferences_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint notice_preferences_check CHECK ((num_nulls(quiet_from_hour, quiet_until_hour) <> 1))
);

create table public.notices (
  id uuid not null,
  person_id uuid not null,
  event_position bigint not null,
  code text not null,
  parameters jsonb not null,
  subject text not null,
  fault jsonb,
  organisation_id uuid,
  at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  by_mail boolean default false not null,
  mail_id uuid,
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_event_position_person_id_key UNIQUE (event_position, person_id),
  constraint notices_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id)
);
CREATE INDEX notices_age ON public.notices USING btree (created_at);
CREATE INDEX notices_mail ON public.notices USING btree (mail_id) WHERE (mail_id IS NOT NULL);
CREATE INDEX notices_person ON public.notices USING btree (person_id, id);
CREATE INDEX notices_to_mail ON public.notices USING btree (person_id, id) WHERE (by_mail AND (mail_id IS NULL));
CREATE INDEX notices_unread ON public.notices USING btree (person_id, id) WHERE (read_at IS NULL);

create table public.observations (
  platform_id uuid not null,
  kind text not null,
  listed_at timestamp with time zone,
  fault jsonb,
  constraint observations_pkey PRIMARY KEY (platform_id, kind),
  constraint observations_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id)
);

create table public.offerings (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  architecture text not null,
  image_names jsonb not null,
  metering jsonb not null,
  approved_by_rule_up_to_vcpus integer not null,
  test_days integer not null,
  released boolean not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint offerings_pkey PRIMARY KEY (id),
  constraint offerings_code_key UNIQUE (code)
);

create table public.operation_steps (
  operation_id uuid not null,
  "position" integer not null,
  name text not null,
  state text not null,
  attempts integer default 0 not null,
  takeovers integer default 0 not null,
  since timestamp with time zone,
  handle text,
  output jsonb,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  remade_for jsonb,
  remaking boolean default false not null,
  constraint operation_steps_pkey PRIMARY KEY (operation_id, "position"),
  constraint operation_steps_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operations(id) ON DELETE CASCADE,
  constraint operation_steps_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'undone'::text, 'residue'::text])))
);

create table public.operations (
  id uuid not null,
  saga text not null,
  input jsonb not null,
  organisation_id uuid not null,
  subject text,
  started_by jsonb not null,
  state text not null,
  "position" integer default 0 not null,
  fault jsonb,
  residue jsonb default '[]'::jsonb not null,
  retakes integer default 0 not null,
  lease_owner text,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  doubtful boolean default false not null,
  constraint operations_pkey PRIMARY KEY (id),
  constraint operations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint operations_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'undoing'::text, 'succeeded'::text, 'failed'::text, 'failed-with-residue'::text])))
);
CREATE INDEX operations_organisation ON public.operations USING btree (organisation_id, id);
CREATE INDEX operations_residue ON public.operations USING btree (ended_at) WHERE (state = 'failed-with-residue'::text);
CREATE INDEX operations_saga ON public.operations USING btree (saga, id);
CREATE INDEX operations_state ON public.operations USING btree (state, id);
CREATE INDEX operations_subject ON public.operations USING btree (subject, id);
CREATE INDEX operations_unfinished ON public.operations USING btree (created_at) WHERE (ended_at IS NULL);

create table public.organisations (
  id uuid not null,
  parent_id uuid,
  label bigint generated always as identity not null,
  path text collate "C" not null,
  name text not null,
  actor text not null,
  level text not null,
  division_code text not null,
  consolidates boolean default false not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  successor_id uuid,
  constraint organisations_pkey PRIMARY KEY (id),
  constraint organisations_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES organisations(id),
  constraint organisations_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES organisations(id)
);
CREATE INDEX organisations_actor ON public.organisations USING btree (actor, id);
CREATE INDEX organisations_called ON public.organisations USING btree (lower((name COLLATE "C")), id);
CREATE UNIQUE INDEX organisations_name ON public.organisations USING btree (COALESCE(parent_id, id), name) WHERE (parent_id IS NOT NULL);
CREATE INDEX organisations_parent ON public.organisations USING btree (parent_id, id);
CREATE UNIQUE INDEX organisations_path ON public.organisations USING btree (path) INCLUDE (id);
CREATE INDEX organisations_text ON public.organisations USING gin (bigrams(VARIADIC ARRAY[name])) WITH (gin_pending_list_limit='256');
CREATE TRIGGER organisations_tell AFTER DELETE OR UPDATE OF path, parent_id ON public.organisations FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.orphans (
  platform_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  external_id text not null,
  mark text not null,
  name text not null,
  found_at timestamp with time zone not null,
  constraint orphans_pkey PRIMARY KEY (platform_id, kind, external_id),
  constraint orphans_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint orphans_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id)
);

create table public.outbox (
  id uuid not null,
  person_id uuid,
  webhook_id uuid,
  event_position bigint,
  content jsonb,
  attempts integer default 0 not null,
  next_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  sealed boolean default false not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome text,
  told_at timestamp with time zone,
  problem text,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint outbox_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id),
  constraint outbox_check CHECK ((num_nonnulls(person_id, webhook_id) = 1)),
  constraint outbox_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'given-up'::text, 'withdrawn'::text])))
);
CREATE INDEX outbox_age ON public.outbox USING btree (ended_at);
CREATE INDEX outbox_due ON public.outbox USING btree (next_at) WHERE (ended_at IS NULL);
CREATE INDEX outbox_head ON public.outbox USING btree (webhook_id, id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX outbox_mail ON public.outbox USING btree (person_id) WHERE ((ended_at IS NULL) AND (person_id IS NOT NULL));
CREATE UNIQUE INDEX outbox_once ON public.outbox USING btree (webhook_id, event_position, ((content ->> 'code'::text))) WHERE (event_position IS NOT NULL);
CREATE INDEX outbox_person ON public.outbox USING btree (person_id, id) WHERE (person_id IS NOT NULL);
CREATE INDEX outbox_untold ON public.outbox USING btree (id) WHERE ((outcome = 'given-up'::text) AND (told_at IS NULL));
CREATE INDEX outbox_webhook ON public.outbox USING btree (webhook_id, id) WHERE (webhook_id IS NOT NULL);

create table public.past_passwords (
  person_id uuid not null,
  replaced_at timestamp with time zone not null,
  password_hash text not null,
  constraint past_passwords_pkey PRIMARY KEY (person_id, replaced_at),
  constraint past_passwords_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id)
);

create table public.people (
  id uuid not null,
  login text not null,
  name text not null,
  organisation_id uuid not null,
  password_hash text not null,
  must_change_password boolean not null,
  failures integer default 0 not null,
  locked_until timestamp with time zone,
  created_at timestamp with time zone not null,
  kind text default 'person'::text not null,
  ended_at timestamp with time zone,
  password_changed_at timestamp with time zone,
  proof_failures integer default 0 not null,
  proof_locked_until timestamp with time zone,
  password_expires_at timestamp with time zone,
  constraint people_pkey PRIMARY KEY (id),
  constraint people_login_key UNIQUE (login),
  constraint people_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint people_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'service'::text])))
);
CREATE INDEX people_called ON public.people USING btree (lower((name COLLATE "C")), id);
CREATE INDEX people_called_by_login ON public.people USING btree (lower((login COLLATE "C")), id);
CREATE INDEX people_organisation ON public.people USING btree (organisation_id, id);
CREATE INDEX people_text ON public.people USING gin (bigrams(VARIADIC ARRAY[name, login])) WITH (gin_pending_list_limit='256');
CREATE TRIGGER people_tell AFTER DELETE OR UPDATE OF login, name, organisation_id, password_hash, must_change_password, password_changed_at, kind, ended_at ON public.people FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.plans (
  id uuid not null,
  offering_id uuid not null,
  code text not null,
  name text not null,
  vcpus integer not null,
  memory_mib integer not null,
  system_disk_gib integer not null,
  created_at timestamp with time zone not null,
  constraint plans_pkey PRIMARY KEY (id),
  constraint plans_code_key UNIQUE (code),
  constraint plans_offering_id_fkey FOREIGN KEY (offering_id) REFERENCES offerings(id)
);
CREATE INDEX plans_offering ON public.plans USING btree (offering_id);

create table public.platforms (
  id uuid not null,
  data_centre_id uuid not null,
  organisation_id uuid not null,
  code text not null,
  name text not null,
  driver text not null,
  endpoint text not null,
  settings jsonb not null,
  credential text not null,
  security_grade integer not null,
  architecture text not null,
  vcpu_overselling double precision not null,
  state text not null,
  product text,
  version text,
  capabilities jsonb default '{}'::jsonb not null,
  missing_permissions jsonb default '[]'::jsonb not null,
  image_names jsonb,
  probed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  revision bigint default 1 not null,
  provider_organisation_id uuid,
  constraint platforms_pkey PRIMARY KEY (id),
  constraint platforms_code_key UNIQUE (code),
  constraint platforms_data_centre_id_fkey FOREIGN KEY (data_centre_id) REFERENCES data_centres(id),
  constraint platforms_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint platforms_provider_organisation_id_fkey FOREIGN KEY (provider_organisation_id) REFERENCES organisations(id),
  constraint platforms_state_check CHECK ((state = ANY (ARRAY['unprobed'::text, 'online'::text, 'unreachable'::text, 'refused'::text])))
);
CREATE INDEX platforms_data_centre ON public.platforms USING btree (data_centre_id);
CREATE INDEX platforms_provider ON public.platforms USING btree (provider_organisation_id) WHERE (provider_organisation_id IS NOT NULL);

create table public.pools (
  id uuid not null,
  platform_id uuid not null,
  architecture text not null,
  hosts integer,
  vcpus_physical integer not null,
  vcpus_sellable integer not null,
  vcpus_promised integer default 0 not null,
  memory_mib_physical bigint not null,
  memory_mib_sellable bigint not null,
  memory_mib_promised bigint default 0 not null,
  observed_at timestamp with time zone not null,
  constraint pools_pkey PRIMARY KEY (id),
  constraint pools_platform_id_architecture_key UNIQUE (platform_id, architecture),
  constraint pools_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint pools_memory_mib_promised_check CHECK ((memory_mib_promised >= 0)),
  constraint pools_vcpus_promised_check CHECK ((vcpus_promised >= 0))
);

create table public.power_schedule_runs (
  schedule_id uuid not null,
  server_id uuid not null,
  due_at timestamp with time zone not null,
  request_id uuid,
  constraint power_schedule_runs_pkey PRIMARY KEY (schedule_id, server_id),
  constraint power_schedule_runs_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint power_schedule_runs_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES power_schedules(id) ON DELETE CASCADE,
  constraint power_schedule_runs_server_id_fkey FOREIGN KEY (server_id) REFERENCES resources(id)
);

create table public.power_schedules (
  id uuid not null,
  organisation_id uuid not null,
  system_id uuid not null,
  server_id uuid,
  days jsonb not null,
  stop_at text not null,
  start_at text not null,
  holds_from timestamp with time zone not null,
  settled_to timestamp with time zone not null,
  revision integer not null,
  updated_at timestamp with time zone not null,
  constraint power_schedules_pkey PRIMARY KEY (id),
  constraint power_schedules_system_id_server_id_key UNIQUE NULLS NOT DISTINCT (system_id, server_id),
  constraint power_schedules_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint power_schedules_server_id_fkey FOREIGN KEY (server_id) REFERENCES resources(id),
  constraint power_schedules_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id)
);
CREATE INDEX power_schedules_organisation ON public.power_schedules USING btree (organisation_id, id);

create table public.prices (
  id uuid not null,
  component_id uuid not null,
  phase text not null,
  valid_from timestamp with time zone not null,
  monthly_price_yuan_e4 bigint,
  created_at timestamp with time zone not null,
  constraint prices_pkey PRIMARY KEY (id),
  constraint prices_component_id_phase_valid_from_key UNIQUE (component_id, phase, valid_from),
  constraint prices_component_id_fkey FOREIGN KEY (component_id) REFERENCES components(id),
  constraint prices_monthly_price_yuan_e4_check CHECK ((monthly_price_yuan_e4 >= 0)),
  constraint prices_phase_check CHECK ((phase = ANY (ARRAY['test'::text, 'formal'::text])))
);

create table public.process_policies (
  organisation_id uuid not null,
  grace_days integer not null,
  recycle_days integer not null,
  notice_days integer[] default '{30,7,1}'::integer[] not null,
  constraint process_policies_pkey PRIMARY KEY (organisation_id),
  constraint process_policies_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint process_policies_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 365))),
  constraint process_policies_recycle_days_check CHECK (((recycle_days >= 0) AND (recycle_days <= 365)))
);

create table public.projects (
  id uuid not null,
  system_id uuid not null,
  platform_id uuid not null,
  state text not null,
  project_ref jsonb,
  network_ref jsonb,
  quota jsonb,
  busy_with uuid,
  suspect boolean default false not null,
  created_at timestamp with time zone not null,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_system_id_platform_id_key UNIQUE (system_id, platform_id),
  constraint projects_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint projects_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint projects_state_check CHECK ((state = ANY (ARRAY['live'::text, 'retiring'::text])))
);

create table public.provider_discounts (
  provider_organisation_id uuid not null,
  valid_from text not null,
  per_mille integer not null,
  constraint provider_discounts_pkey PRIMARY KEY (provider_organisation_id, valid_from),
  constraint provider_discounts_provider_organisation_id_fkey FOREIGN KEY (provider_organisation_id) REFERENCES organisations(id),
  constraint provider_discounts_per_mille_check CHECK (((per_mille >= 0) AND (per_mille <= 1000)))
);

create table public.quotas (
  organisation_id uuid not null,
  measure text not null,
  quota_limit bigint not null,
  held bigint default 0 not null,
  constraint quotas_pkey PRIMARY KEY (organisation_id, measure),
  constraint quotas_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint quotas_held_check CHECK ((held >= 0)),
  constraint quotas_quota_limit_check CHECK ((quota_limit >= 0))
);

create table public.request_endings (
  request_id uuid not null,
  kind text not null,
  ends_at timestamp with time zone not null,
  days integer not null,
  constraint request_endings_pkey PRIMARY KEY (request_id, kind),
  constraint request_endings_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint request_endings_kind_check CHECK ((kind = ANY (ARRAY['test'::text, 'formal'::text, 'purge'::text])))
);

create table public.request_lines (
  id uuid not null,
  request_id uuid not null,
  "position" integer not null,
  plan_id uuid,
  name text not null,
  quantity integer not null,
  image_name text,
  data_volume_gib integer default 0 not null,
  public_address boolean default false not null,
  preferred_platform_id uuid,
  platform_id uuid,
  placement jsonb,
  resource_id uuid,
  resource_kind text,
  size_gib integer,
  changes_from jsonb,
  monthly_price_yuan_e4 bigint not null,
  change jsonb,
  outcome text,
  asked_quantity integer,
  template jsonb,
  constraint request_lines_pkey PRIMARY KEY (id),
  constraint request_lines_request_id_position_key UNIQUE (request_id, "position"),
  constraint request_lines_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id),
  constraint request_lines_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint request_lines_preferred_platform_id_fkey FOREIGN KEY (preferred_platform_id) REFERENCES platforms(id),
  constraint request_lines_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint request_lines_outcome_check CHECK ((outcome = ANY (ARRAY['refused'::text, 'dropped'::text]))),
  constraint request_lines_quantity_check CHECK (((quantity >= 1) AND (quantity <= 100)))
);
CREATE INDEX request_lines_resource ON public.request_lines USING btree (resource_id) WHERE (resource_id IS NOT NULL);

create table public.request_track (
  request_id uuid not null,
  "position" integer not null,
  step text not null,
  state text not null,
  side text not null,
  moved_by text not null,
  remark text not null,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint request_track_pkey PRIMARY KEY (request_id, "position"),
  constraint request_track_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id)
);
CREATE TRIGGER clock_of_request AFTER INSERT ON public.request_track FOR EACH ROW WHEN ((new.ended_at IS NULL)) EXECUTE FUNCTION keep_clock_of_request();

create table public.reservations (
  resource_id uuid not null,
  organisation_id uuid not null,
  pool_id uuid not null,
  vcpus integer not null,
  memory_mib bigint not null,
  volume_gib integer not null,
  addresses integer not null,
  system_id uuid,
  counted boolean default true not null,
  constraint reservations_pkey PRIMARY KEY (resource_id),
  constraint reservations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint reservations_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES pools(id)
);
CREATE INDEX reservations_organisation ON public.reservations USING btree (organisation_id);
CREATE INDEX reservations_system ON public.reservations USING btree (system_id) WHERE (system_id IS NOT NULL);

create table public.resources (
  id uuid not null,
  kind text not null,
  name text not null,
  state text not null,
  organisation_id uuid not null,
  system_id uuid not null,
  platform_id uuid not null,
  request_id uuid,
  line_id uuid,
  plan_id uuid,
  metering jsonb not null,
  server_id uuid,
  desired jsonb not null,
  observed jsonb,
  external_id text,
  refs jsonb default '{}'::jsonb not null,
  busy_with uuid,
  changed_by uuid,
  observed_at timestamp with time zone,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  project_system_id uuid,
  constraint resources_pkey PRIMARY KEY (id),
  constraint resources_line_id_fkey FOREIGN KEY (line_id) REFERENCES request_lines(id),
  constraint resources_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint resources_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id),
  constraint resources_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint resources_project_system_id_fkey FOREIGN KEY (project_system_id) REFERENCES business_systems(id),
  constraint resources_request_id_fkey FOREIGN KEY (request_id) REFERENCES service_requests(id),
  constraint resources_server_id_fkey FOREIGN KEY (server_id) REFERENCES resources(id),
  constraint resources_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint resources_kind_check CHECK ((kind = ANY (ARRAY['server'::text, 'volume'::text, 'network'::text, 'address'::text]))),
  constraint resources_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'building'::text, 'test'::text, 'formal'::text, 'recycled'::text, 'reclaiming'::text, 'reclaimed'::text, 'failed'::text])))
);
CREATE INDEX resources_addresses ON public.resources USING gin (((jsonb_path_query_array(observed, '$."addresses"[*]'::jsonpath) || jsonb_path_query_array(observed, '$."address"'::jsonpath)))) WITH (gin_pending_list_limit='256');
CREATE INDEX resources_busy ON public.resources USING btree (busy_with) WHERE (busy_with IS NOT NULL);
CREATE INDEX resources_called ON public.resources USING btree (lower((name COLLATE "C")), id);
CREATE INDEX resources_external ON public.resources USING btree (external_id COLLATE "C") WHERE (external_id IS NOT NULL);
CREATE INDEX resources_kind ON public.resources USING btree (kind, id) WHERE (ended_at IS NULL);
CREATE INDEX resources_live ON public.resources USING btree (id) WHERE (ended_at IS NULL);
CREATE INDEX resources_organisation ON public.resources USING btree (organisation_id, id) INCLUDE (state, kind, platform_id, ended_at);
CREATE INDEX resources_place ON public.resources USING btree (platform_id, id) WHERE (ended_at IS NULL);
CREATE INDEX resources_platform ON public.resources USING btree (platform_id, kind, external_id);
CREATE INDEX resources_project_system ON public.resources USING btree (project_system_id, platform_id) WHERE (project_system_id IS NOT NULL);
CREATE INDEX resources_request ON public.resources USING btree (request_id, id);
CREATE INDEX resources_server ON public.resources USING btree (server_id) WHERE (server_id IS NOT NULL);
CREATE INDEX resources_state ON public.resources USING btree (state, id);
CREATE INDEX resources_system ON public.resources USING btree (system_id, id);
CREATE INDEX resources_text ON public.resources USING gin (bigrams(VARIADIC ARRAY[name])) WITH (gin_pending_list_limit='256');
CREATE CONSTRAINT TRIGGER holdings_changed AFTER UPDATE OF state, ended_at, desired, system_id, platform_id ON public.resources DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((((old.state IS DISTINCT FROM new.state) OR (old.ended_at IS DISTINCT FROM new.ended_at)) OR (old.desired IS DISTINCT FROM new.desired)) OR (old.system_id IS DISTINCT FROM new.system_id)) OR (old.platform_id IS DISTINCT FROM new.platform_id))) EXECUTE FUNCTION count_changed_holding();
CREATE TRIGGER holdings_made AFTER INSERT ON public.resources REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_new_holdings();
CREATE CONSTRAINT TRIGGER holdings_removed AFTER DELETE ON public.resources DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_removed_holding();

create table public.second_factors (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  name text not null,
  secret text,
  last_step bigint,
  credential_id text,
  public_key bytea,
  counter bigint,
  transports text[],
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint second_factors_pkey PRIMARY KEY (id),
  constraint second_factors_credential_id_key UNIQUE (credential_id),
  constraint second_factors_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint second_factors_check CHECK (((kind = 'totp'::text) = (secret IS NOT NULL))),
  constraint second_factors_check1 CHECK (((kind = 'passkey'::text) = ((credential_id IS NOT NULL) AND (public_key IS NOT NULL) AND (counter IS NOT NULL)))),
  constraint second_factors_kind_check CHECK ((kind = ANY (ARRAY['totp'::text, 'passkey'::text])))
);
CREATE INDEX second_factors_person ON public.second_factors USING btree (person_id, id);
CREATE TRIGGER second_factors_tell AFTER INSERT OR DELETE OR UPDATE OF confirmed_at, person_id ON public.second_factors FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.service_requests (
  id uuid not null,
  kind text not null,
  about_request_id uuid,
  state text not null,
  organisation_id uuid not null,
  operator_organisation_id uuid not null,
  system_id uuid not null,
  sent_by uuid,
  monthly_price_yuan_e4 bigint not null,
  approved_by_rule boolean default false not null,
  test_ends_at timestamp with time zone,
  expires_at timestamp with time zone,
  fault jsonb,
  revision integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  bureau_organisation_id uuid,
  collection_id uuid,
  grace_ends_at timestamp with time zone,
  purge_at timestamp with time zone,
  due_at timestamp with time zone,
  system_name text default ''::text not null,
  constraint service_requests_pkey PRIMARY KEY (id),
  constraint service_requests_about_request_id_fkey FOREIGN KEY (about_request_id) REFERENCES service_requests(id),
  constraint service_requests_bureau_organisation_id_fkey FOREIGN KEY (bureau_organisation_id) REFERENCES organisations(id),
  constraint service_requests_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES collections(id),
  constraint service_requests_operator_organisation_id_fkey FOREIGN KEY (operator_organisation_id) REFERENCES organisations(id),
  constraint service_requests_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint service_requests_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES people(id),
  constraint service_requests_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint service_requests_kind_check CHECK ((kind = ANY (ARRAY['open'::text, 'change'::text, 'reclaim'::text])))
);
CREATE INDEX service_requests_about ON public.service_requests USING btree (about_request_id) WHERE (about_request_id IS NOT NULL);
CREATE INDEX service_requests_called ON public.service_requests USING btree (lower((system_name COLLATE "C")), id);
CREATE INDEX service_requests_collection ON public.service_requests USING btree (collection_id) WHERE (collection_id IS NOT NULL);
CREATE INDEX service_requests_due ON public.service_requests USING btree (due_at, id) WHERE (due_at IS NOT NULL);
CREATE INDEX service_requests_due_of ON public.service_requests USING btree (organisation_id, due_at, id) WHERE (due_at IS NOT NULL);
CREATE INDEX service_requests_expiry ON public.service_requests USING btree (expires_at) WHERE (state = 'formal'::text);
CREATE INDEX service_requests_kind ON public.service_requests USING btree (kind, id);
CREATE INDEX service_requests_operator ON public.service_requests USING btree (operator_organisation_id, id);
CREATE INDEX service_requests_organisation ON public.service_requests USING btree (organisation_id, id);
CREATE INDEX service_requests_purge ON public.service_requests USING btree (purge_at) WHERE (purge_at IS NOT NULL);
CREATE INDEX service_requests_state ON public.service_requests USING btree (state, id);
CREATE INDEX service_requests_system ON public.service_requests USING btree (system_id, id);
CREATE INDEX service_requests_test_end ON public.service_requests USING btree (test_ends_at) WHERE (state = ANY (ARRAY['testing'::text, 'delivery-failed'::text]));
CREATE INDEX service_requests_text ON public.service_requests USING gin (bigrams(VARIADIC ARRAY[system_name])) WITH (gin_pending_list_limit='256');
CREATE INDEX service_requests_under_way ON public.service_requests USING btree (state, kind, organisation_id) INCLUDE (due_at) WHERE (state <> ALL (ARRAY['rejected'::text, 'discarded'::text, 'formal'::text, 'completed'::text, 'settled'::text]));
CREATE TRIGGER called_as_its_system BEFORE INSERT OR UPDATE OF system_id ON public.service_requests FOR EACH ROW EXECUTE FUNCTION name_request_as_its_system();

create table public.sessions (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  address text,
  agent text,
  factor_at timestamp with time zone,
  proven_at timestamp with time zone,
  previous_token_hash bytea,
  previous_until timestamp with time zone,
  challenge text,
  challenge_until timestamp with time zone,
  provider_id uuid,
  issuer_subject text,
  issuer_session text,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint sessions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE
);
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_of_providers ON public.sessions USING btree (provider_id, issuer_subject) WHERE (provider_id IS NOT NULL);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id);
CREATE UNIQUE INDEX sessions_previous ON public.sessions USING btree (previous_token_hash) WHERE (previous_token_hash IS NOT NULL);
CREATE TRIGGER sessions_tell AFTER DELETE OR UPDATE OF token_hash, previous_token_hash, previous_until, proven_at, factor_at, expires_at, person_id ON public.sessions FOR EACH STATEMENT EXECUTE FUNCTION tell_of_authority();

create table public.sign_ons (
  state_hash bytea not null,
  secret_hash bytea not null,
  provider_id uuid not null,
  provider_revision integer not null,
  nonce text not null,
  verifier text not null,
  redirect_uri text not null,
  expires_at timestamp with time zone not null,
  constraint sign_ons_pkey PRIMARY KEY (state_hash),
  constraint sign_ons_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_providers(id) ON DELETE CASCADE
);
CREATE INDEX sign_ons_by_end ON public.sign_ons USING btree (expires_at);

create table public.snapshots (
  id uuid not null,
  volume_id uuid not null,
  name text not null,
  state text not null,
  size_gib integer not null,
  external_id text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint snapshots_pkey PRIMARY KEY (id),
  constraint snapshots_volume_id_fkey FOREIGN KEY (volume_id) REFERENCES resources(id),
  constraint snapshots_state_check CHECK ((state = ANY (ARRAY['taking'::text, 'ready'::text, 'removing'::text, 'failed'::text, 'removed'::text])))
);
CREATE INDEX snapshots_volume ON public.snapshots USING btree (volume_id, id) WHERE (ended_at IS NULL);

create table public.statement_lines (
  statement_id uuid not null,
  "position" integer not null,
  organisation_id uuid not null,
  system_id uuid,
  component_id uuid,
  component_name text not null,
  platform_id uuid not null,
  phase text,
  list_amount_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  constraint statement_lines_pkey PRIMARY KEY (statement_id, "position"),
  constraint statement_lines_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements(id)
);

create table public.statement_moves (
  statement_id uuid not null,
  "position" integer not null,
  event text not null,
  by text not null,
  remark text not null,
  at timestamp with time zone not null,
  constraint statement_moves_pkey PRIMARY KEY (statement_id, "position"),
  constraint statement_moves_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements(id)
);

create table public.statements (
  id uuid not null,
  provider_organisation_id uuid not null,
  month text not null,
  state text not null,
  list_amount_yuan_e4 bigint not null,
  amount_yuan_e4 bigint not null,
  per_mille integer not null,
  drafted_at timestamp with time zone not null,
  constraint statements_pkey PRIMARY KEY (id),
  constraint statements_provider_organisation_id_month_key UNIQUE (provider_organisation_id, month),
  constraint statements_provider_organisation_id_fkey FOREIGN KEY (provider_organisation_id) REFERENCES organisations(id),
  constraint statements_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'disputed'::text, 'confirmed'::text, 'operator-signed'::text, 'authority-signed'::text, 'signed'::text])))
);
CREATE INDEX statements_provider ON public.statements USING btree (provider_organisation_id, id);

create table public.system_holdings (
  system_id uuid not null,
  platform_id uuid not null,
  servers integer not null,
  vcpus bigint not null,
  memory_mib bigint not null,
  storage_gib bigint not null,
  constraint system_holdings_pkey PRIMARY KEY (system_id, platform_id),
  constraint system_holdings_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint system_holdings_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id)
);
CREATE INDEX system_holdings_platform ON public.system_holdings USING btree (platform_id);

create table public.system_quotas (
  system_id uuid not null,
  measure text not null,
  quota_limit bigint not null,
  held bigint default 0 not null,
  constraint system_quotas_pkey PRIMARY KEY (system_id, measure),
  constraint system_quotas_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id),
  constraint system_quotas_held_check CHECK ((held >= 0)),
  constraint system_quotas_quota_limit_check CHECK ((quota_limit >= 0))
);

create table public.templates (
  id uuid not null,
  organisation_id uuid,
  name text not null,
  description text not null,
  state text not null,
  parts jsonb not null,
  revision integer not null,
  updated_at timestamp with time zone not null,
  constraint templates_pkey PRIMARY KEY (id),
  constraint templates_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint templates_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'released'::text, 'withdrawn'::text])))
);
CREATE INDEX templates_organisation ON public.templates USING btree (organisation_id, id);

create table public.usage_intervals (
  id uuid not null,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  organisation_id uuid not null,
  system_id uuid not null,
  component_id uuid not null,
  phase text not null,
  quantity bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint usage_intervals_pkey PRIMARY KEY (id, started_at),
  constraint usage_intervals_resource_id_component_id_phase_started_at_key UNIQUE (resource_id, component_id, phase, started_at),
  constraint usage_intervals_check CHECK ((ended_at >= started_at)),
  constraint usage_intervals_quantity_check CHECK ((quantity > 0))
) partition by RANGE (started_at);
CREATE INDEX usage_intervals_end ON ONLY public.usage_intervals USING btree (organisation_id, COALESCE(ended_at, 'infinity'::timestamp with time zone));
CREATE INDEX usage_intervals_open ON ONLY public.usage_intervals USING btree (resource_id) WHERE (ended_at IS NULL);
CREATE INDEX usage_intervals_organisation ON ONLY public.usage_intervals USING btree (organisation_id, id);
CREATE INDEX usage_intervals_system ON ONLY public.usage_intervals USING btree (system_id, id);

create table public.usage_intervals_default partition of public.usage_intervals default;

create table public.webhooks (
  id uuid not null,
  organisation_id uuid not null,
  url text not null,
  secret text not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint webhooks_pkey PRIMARY KEY (id),
  constraint webhooks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id)
);
CREATE INDEX webhooks_organisation ON public.webhooks USING btree (organisation_id, id) WHERE (deleted_at IS NULL);

create table public.wipe_records (
  id uuid not null,
  resource_id uuid not null,
  resource_kind text not null,
  resource_name text not null,
  size jsonb not null,
  organisation_id uuid not null,
  system_id uuid not null,
  platform_id uuid not null,
  external_id text not null,
  method text not null,
  operation_id uuid not null,
  wiped_by text not null,
  wiped_at timestamp with time zone not null,
  evidence jsonb not null,
  constraint wipe_records_pkey PRIMARY KEY (id),
  constraint wipe_records_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint wipe_records_platform_id_fkey FOREIGN KEY (platform_id) REFERENCES platforms(id),
  constraint wipe_records_system_id_fkey FOREIGN KEY (system_id) REFERENCES business_systems(id)
);
CREATE INDEX wipe_records_organisation ON public.wipe_records USING btree (organisation_id, id);
CREATE INDEX wipe_records_system ON public.wipe_records USING btree (system_id, id);

create table public.working_days (
  day date not null,
  working boolean not null,
  source text not null,
  constraint working_days_pkey PRIMARY KEY (day)
);

create table sim.address (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  address inet not null,
  port_id text,
  created_at timestamp with time zone not null,
  constraint address_pkey PRIMARY KEY (cloud, id),
  constraint address_cloud_address_key UNIQUE (cloud, address),
  constraint address_cloud_mark_key UNIQUE (cloud, mark),
  constraint address_cloud_port_id_key UNIQUE (cloud, port_id),
  constraint address_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint address_cloud_port_id_fkey FOREIGN KEY (cloud, port_id) REFERENCES sim.port(cloud, id) ON DELETE SET NULL (port_id),
  constraint address_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id)
);
CREATE INDEX address_project ON sim.address USING btree (cloud, project_id);

create table sim.cloud (
  name text not null,
  token text not null,
  seed integer not null,
  architecture text not null,
  oversell_ratio double precision not null,
  storage_gib integer not null,
  external_range cidr,
  default_quota jsonb,
  missing_capabilities jsonb not null,
  call_latency_ms integer not null,
  server_build_ms integer not null,
  server_resize_ms integer not null,
  server_remove_ms integer not null,
  volume_build_ms integer not null,
  server_power_ms integer default 2000 not null,
  product text default 'Yiduo simulated cloud'::text not null,
  version text default '1'::text not null,
  constraint cloud_pkey PRIMARY KEY (name),
  constraint cloud_oversell_ratio_check CHECK ((oversell_ratio > (0)::double precision)),
  constraint cloud_storage_gib_check CHECK ((storage_gib >= 0))
);

create table sim.ended_server (
  cloud text not null,
  id text not null,
  project_id text not null,
  name text not null,
  vcpus integer not null,
  memory_mib integer not null,
  disk_gib integer not null,
  ready_at timestamp with time zone not null,
  gone_at timestamp with time zone not null,
  constraint ended_server_pkey PRIMARY KEY (cloud, id),
  constraint ended_server_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE
);
CREATE INDEX ended_server_time ON sim.ended_server USING btree (cloud, gone_at);

create table sim.fault (
  id bigint generated always as identity not null,
  cloud text not null,
  call text not null,
  mode text not null,
  remaining integer,
  parameter jsonb not null,
  constraint fault_pkey PRIMARY KEY (id),
  constraint fault_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint fault_remaining_check CHECK ((remaining >= 0))
);
CREATE INDEX fault_cloud ON sim.fault USING btree (cloud, id);

create table sim.flavour (
  cloud text not null,
  id text default gen_random_uuid() not null,
  name text not null,
  vcpus integer not null,
  memory_mib integer not null,
  disk_gib integer not null,
  constraint flavour_pkey PRIMARY KEY (cloud, id),
  constraint flavour_cloud_name_key UNIQUE (cloud, name),
  constraint flavour_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE
);

create table sim.host (
  cloud text not null,
  id text default gen_random_uuid() not null,
  name text not null,
  vcpus integer not null,
  memory_mib integer not null,
  disk_gib integer not null,
  enabled boolean default true not null,
  lost boolean default false not null,
  zone text default 'zone-1'::text not null,
  aggregates text[] default '{}'::text[] not null,
  constraint host_pkey PRIMARY KEY (cloud, id),
  constraint host_cloud_name_key UNIQUE (cloud, name),
  constraint host_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE
);

create table sim.image (
  cloud text not null,
  id text default gen_random_uuid() not null,
  name text not null,
  minimum_disk_gib integer not null,
  minimum_memory_mib integer not null,
  constraint image_pkey PRIMARY KEY (cloud, id),
  constraint image_cloud_name_key UNIQUE (cloud, name),
  constraint image_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE
);

create table sim.network (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  cidr cidr not null,
  subnet_id text default gen_random_uuid() not null,
  router_id text,
  created_at timestamp with time zone not null,
  ipv6_cidr cidr,
  ipv6_subnet_id text,
  constraint network_pkey PRIMARY KEY (cloud, id),
  constraint network_cloud_mark_key UNIQUE (cloud, mark),
  constraint network_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint network_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id)
);
CREATE INDEX network_project ON sim.network USING btree (cloud, project_id);

create table sim.port (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  network_id text not null,
  fixed_address inet not null,
  created_at timestamp with time zone not null,
  rule_group_ids text[],
  ipv6_address inet,
  constraint port_pkey PRIMARY KEY (cloud, id),
  constraint port_cloud_mark_key UNIQUE (cloud, mark),
  constraint port_cloud_network_id_fixed_address_key UNIQUE (cloud, network_id, fixed_address),
  constraint port_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint port_cloud_network_id_fkey FOREIGN KEY (cloud, network_id) REFERENCES sim.network(cloud, id),
  constraint port_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id)
);
CREATE UNIQUE INDEX port_ipv6_address ON sim.port USING btree (cloud, network_id, ipv6_address) WHERE (ipv6_address IS NOT NULL);
CREATE INDEX port_project ON sim.port USING btree (cloud, project_id);
CREATE INDEX port_rule_groups ON sim.port USING gin (rule_group_ids);

create table sim.project (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  name text not null,
  quota jsonb,
  created_at timestamp with time zone,
  constraint project_pkey PRIMARY KEY (cloud, id),
  constraint project_cloud_mark_key UNIQUE (cloud, mark),
  constraint project_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE
);

create table sim.rule_group (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  rules text[] not null,
  created_at timestamp with time zone not null,
  constraint rule_group_pkey PRIMARY KEY (cloud, id),
  constraint rule_group_cloud_mark_key UNIQUE (cloud, mark),
  constraint rule_group_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint rule_group_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id)
);
CREATE INDEX rule_group_project ON sim.rule_group USING btree (cloud, project_id);

create table sim.server (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  image_id text not null,
  port_id text not null,
  host_id text not null,
  flavour_name text,
  vcpus integer not null,
  memory_mib integer not null,
  disk_gib integer not null,
  created_at timestamp with time zone not null,
  ready_at timestamp with time zone not null,
  broken boolean not null,
  target_host_id text,
  target_flavour_name text,
  target_vcpus integer,
  target_memory_mib integer,
  target_disk_gib integer,
  target_ready_at timestamp with time zone,
  target_fails boolean default false not null,
  gone_at timestamp with time zone,
  powered boolean default true not null,
  power_change text,
  power_ready_at timestamp with time zone,
  reboots integer default 0 not null,
  group_id text,
  disk_on_volume boolean default false not null,
  rebuilds integer default 0 not null,
  load_profile text,
  constraint server_pkey PRIMARY KEY (cloud, id),
  constraint server_cloud_mark_key UNIQUE (cloud, mark),
  constraint server_cloud_port_id_key UNIQUE (cloud, port_id),
  constraint server_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint server_cloud_group_id_fkey FOREIGN KEY (cloud, group_id) REFERENCES sim.server_group(cloud, id) ON DELETE SET NULL (group_id),
  constraint server_cloud_host_id_fkey FOREIGN KEY (cloud, host_id) REFERENCES sim.host(cloud, id),
  constraint server_cloud_image_id_fkey FOREIGN KEY (cloud, image_id) REFERENCES sim.image(cloud, id),
  constraint server_cloud_port_id_fkey FOREIGN KEY (cloud, port_id) REFERENCES sim.port(cloud, id),
  constraint server_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id),
  constraint server_cloud_target_host_id_fkey FOREIGN KEY (cloud, target_host_id) REFERENCES sim.host(cloud, id),
  constraint server_power_change_check CHECK ((power_change = ANY (ARRAY['STARTING'::text, 'STOPPING'::text, 'REBOOT'::text, 'REBUILD'::text])))
);
CREATE INDEX server_gone ON sim.server USING btree (cloud, gone_at) WHERE (gone_at IS NOT NULL);
CREATE INDEX server_group_member ON sim.server USING btree (cloud, group_id) WHERE (group_id IS NOT NULL);
CREATE INDEX server_host ON sim.server USING btree (cloud, host_id);
CREATE INDEX server_project ON sim.server USING btree (cloud, project_id);
CREATE INDEX server_target_host ON sim.server USING btree (cloud, target_host_id) WHERE (target_host_id IS NOT NULL);

create table sim.server_group (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  policy text not null,
  created_at timestamp with time zone not null,
  constraint server_group_pkey PRIMARY KEY (cloud, id),
  constraint server_group_cloud_mark_key UNIQUE (cloud, mark),
  constraint server_group_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint server_group_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id),
  constraint server_group_policy_check CHECK ((policy = ANY (ARRAY['anti-affinity'::text, 'soft-anti-affinity'::text, 'affinity'::text])))
);
CREATE INDEX server_group_project ON sim.server_group USING btree (cloud, project_id);

create table sim.snapshot (
  cloud text not null,
  id text default gen_random_uuid() not null,
  number bigint generated always as identity not null,
  mark text,
  project_id text not null,
  volume_id text not null,
  name text not null,
  size_gib integer not null,
  created_at timestamp with time zone not null,
  ready_at timestamp with time zone not null,
  constraint snapshot_pkey PRIMARY KEY (cloud, id),
  constraint snapshot_cloud_mark_key UNIQUE (cloud, mark),
  constraint snapshot_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint snapshot_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id),
  constraint snapshot_cloud_volume_id_fkey FOREIGN KEY (cloud, volume_id) REFERENCES sim.volume(cloud, id),
  constraint snapshot_size_gib_check CHECK ((size_gib > 0))
);
CREATE INDEX snapshot_project ON sim.snapshot USING btree (cloud, project_id);
CREATE INDEX snapshot_volume ON sim.snapshot USING btree (cloud, volume_id);

create table sim.volume (
  cloud text not null,
  id text default gen_random_uuid() not null,
  mark text,
  project_id text not null,
  name text not null,
  size_gib integer not null,
  server_id text,
  created_at timestamp with time zone not null,
  ready_at timestamp with time zone not null,
  system_of text,
  constraint volume_pkey PRIMARY KEY (cloud, id),
  constraint volume_cloud_mark_key UNIQUE (cloud, mark),
  constraint volume_cloud_fkey FOREIGN KEY (cloud) REFERENCES sim.cloud(name) ON DELETE CASCADE,
  constraint volume_cloud_project_id_fkey FOREIGN KEY (cloud, project_id) REFERENCES sim.project(cloud, id),
  constraint volume_cloud_server_id_fkey FOREIGN KEY (cloud, server_id) REFERENCES sim.server(cloud, id) ON DELETE SET NULL (server_id),
  constraint volume_cloud_system_of_fkey FOREIGN KEY (cloud, system_of) REFERENCES sim.server(cloud, id) ON DELETE CASCADE,
  constraint volume_size_gib_check CHECK ((size_gib > 0))
);
CREATE INDEX volume_project ON sim.volume USING btree (cloud, project_id);
CREATE INDEX volume_server ON sim.volume USING btree (cloud, server_id) WHERE (server_id IS NOT NULL);
CREATE INDEX volume_system ON sim.volume USING btree (cloud, system_of) WHERE (system_of IS NOT NULL);

create view sim.host_use as
 SELECT cloud,
    host_id,
    (sum(vcpus))::integer AS vcpus,
    (sum(memory_mib))::integer AS memory_mib,
    (sum(disk_gib))::integer AS disk_gib
   FROM ( SELECT server.cloud,
            server.host_id,
            server.vcpus,
            server.memory_mib,
                CASE
                    WHEN server.disk_on_volume THEN 0
                    ELSE server.disk_gib
                END AS disk_gib
           FROM sim.server
        UNION ALL
         SELECT server.cloud,
            server.target_host_id,
            server.target_vcpus,
            server.target_memory_mib,
                CASE
                    WHEN server.disk_on_volume THEN 0
                    ELSE server.target_disk_gib
                END AS target_disk_gib
           FROM sim.server
          WHERE (server.target_host_id IS NOT NULL)) held
  GROUP BY cloud, host_id;

CREATE OR REPLACE FUNCTION public.add_holding(uuid, uuid, numeric, numeric, numeric, numeric)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into system_holdings as h (system_id, platform_id, servers, vcpus, memory_mib, storage_gib)
  select $1, $2, $3, $4, $5, $6 where ($3, $4, $5, $6) is distinct from (0, 0, 0, 0)
  on conflict (system_id, platform_id) do update
  set servers = h.servers + excluded.servers, vcpus = h.vcpus + excluded.vcpus,
      memory_mib = h.memory_mib + excluded.memory_mib, storage_gib = h.storage_gib + excluded.storage_gib
$function$;

CREATE OR REPLACE FUNCTION public.amounts_in_use(kind text, state text, ended_at timestamp with time zone, desired jsonb)
 RETURNS TABLE(servers integer, vcpus bigint, memory_mib bigint, storage_gib bigint)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select (kind = 'server')::integer, coalesce((desired ->> 'vcpus')::bigint, 0),
         coalesce((desired ->> 'memoryMib')::bigint, 0),
         coalesce((desired ->> 'diskGib')::bigint, 0) + coalesce((desired ->> 'sizeGib')::bigint, 0)
  where ended_at is null and state in ('test', 'formal') and kind in ('server', 'volume')
$function$;

CREATE OR REPLACE FUNCTION public.bigrams(VARIADIC texts text[])
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT COALESCE(array_agg(substr(it.padded, place.place, 2)), '{}'::text[]) AS "coalesce"
    FROM ( SELECT ((chr(2) || lower((given.given COLLATE "C"))) || chr(3)) AS padded
            FROM unnest(bigrams.texts) given(given)) it,
     LATERAL generate_series(1, (char_length(it.padded) - 1)) place(place);
END;

CREATE OR REPLACE FUNCTION public.count_changed_holding()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare it record;
begin
  for it in
    select r.system_id, r.platform_id, sum(r.sign * a.servers) as servers, sum(r.sign * a.vcpus) as vcpus,
           sum(r.sign * a.memory_mib) as memory_mib, sum(r.sign * a.storage_gib) as storage_gib
    from (values (-1, old.system_id, old.platform_id, old.kind, old.state, old.ended_at, old.desired),
                 (1, new.system_id, new.platform_id, new.kind, new.state, new.ended_at, new.desired))
           as r (sign, system_id, platform_id, kind, state, ended_at, desired)
    cross join lateral amounts_in_use(r.kind, r.state, r.ended_at, r.desired) a
    group by r.system_id, r.platform_id order by r.system_id, r.platform_id
  loop
    perform add_holding(it.system_id, it.platform_id, it.servers, it.vcpus, it.memory_mib, it.storage_gib);
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_new_holdings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare it record;
begin
  for it in
    select r.system_id, r.platform_id, sum(a.servers) as servers, sum(a.vcpus) as vcpus,
           sum(a.memory_mib) as memory_mib, sum(a.storage_gib) as storage_gib
    from added r cross join lateral amounts_in_use(r.kind, r.state, r.ended_at, r.desired) a
    group by r.system_id, r.platform_id order by r.system_id, r.platform_id
  loop
    perform add_holding(it.system_id, it.platform_id, it.servers, it.vcpus, it.memory_mib, it.storage_gib);
  end loop;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_removed_holding()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform add_holding(old.system_id, old.platform_id, -a.servers, -a.vcpus, -a.memory_mib, -a.storage_gib)
  from amounts_in_use(old.kind, old.state, old.ended_at, old.desired) a;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ensure_month_partition(parent text, month date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  part text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
begin
  if to_regclass(part) is null then
    execute format(
      'create table if not exists %I partition of %I for values from (%L) to (%L)',
      part, parent, month::timestamp at time zone 'Asia/Shanghai',
      (month + interval '1 month')::timestamp at time zone 'Asia/Shanghai');
  end if;
exception when check_violation then
  null;  -- rows of that month already lie in the default partition; they are read just as well there
end $function$;

CREATE OR REPLACE FUNCTION public.keep_clock_of_request()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update service_requests set due_at = new.due_at
  where id = new.request_id and due_at is distinct from new.due_at;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.name_request_as_its_system()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.system_name := (select name from business_systems where id = new.system_id);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.name_requests_as_their_system()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update service_requests set system_name = new.name where system_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.queue_for_the_sealer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into audit_queue (entry_id, at) select id, at from written;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_to_change_the_trail()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_setting('yiduo.audit_retention', true) = 'on' then return old; end if;
  raise exception 'the audit trail is never changed: % of % refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.tell_of_authority()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('yiduo_authority', '');
  return null;
end $function$;
