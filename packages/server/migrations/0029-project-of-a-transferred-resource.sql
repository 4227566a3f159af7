-- 0029-project-of-a-transferred-resource.sql
-- No cloud moves a server from one project to another: what was transferred goes on lying in the project of the system
-- it was made for. Null: in the project of its own system.
ALTER TABLE resources
  ADD COLUMN project_system_id uuid REFERENCES business_systems (id);

CREATE INDEX resources_project_system ON resources (project_system_id, platform_id) WHERE project_system_id IS NOT NULL;
