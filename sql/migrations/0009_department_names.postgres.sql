-- One name for one department, whatever the case, also when two are added at the same moment. Departments that are
-- there keep their name as their key: some may differ by case alone, and both are known to campaigns.
ALTER TABLE department ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN department.name_key IS 'its name without case, composed (Unicode''s form C); the name itself where it is older than this column';
UPDATE department SET name_key = name;
CREATE UNIQUE INDEX department_by_name_key ON department (org_id, name_key);
