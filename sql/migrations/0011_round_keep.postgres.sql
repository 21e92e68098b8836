-- Until when the sheets of a round are kept: a promise to its respondents that the program carries out by itself.
ALTER TABLE round ADD COLUMN keep_until_ms BIGINT;
COMMENT ON COLUMN round.keep_until_ms IS 'when sheets, participants and links go; NULL: promised in words only';
ALTER TABLE round ADD COLUMN forgotten_ms BIGINT;
COMMENT ON COLUMN round.forgotten_ms IS 'when they went, and only counts were left; NULL: they are there';
