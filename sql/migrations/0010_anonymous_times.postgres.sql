-- Sheets of anonymous rounds that were sent before kept the day of sending, which beside a list of who answered on
-- that day says something of who. They have the day the round was opened, as those sent since.
UPDATE sheet SET created_ms = r.opened_ms - r.opened_ms % 86400000, updated_ms = r.opened_ms - r.opened_ms % 86400000,
	sent_ms = r.opened_ms - r.opened_ms % 86400000
FROM round r WHERE r.org_id = sheet.org_id AND r.id = sheet.round_id AND r.mode = 'anonymous'
	AND r.opened_ms IS NOT NULL AND sheet.sent_ms IS NOT NULL;
UPDATE answer SET updated_ms = s.sent_ms
FROM sheet s JOIN round r ON r.org_id = s.org_id AND r.id = s.round_id
WHERE s.org_id = answer.org_id AND s.id = answer.sheet_id AND r.mode = 'anonymous'
	AND r.opened_ms IS NOT NULL AND s.sent_ms IS NOT NULL;
