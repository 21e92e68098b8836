-- What people type who cannot scan the public link of a round.
ALTER TABLE round ADD COLUMN code TEXT; -- of one open round at a time; NULL until it is opened
CREATE UNIQUE INDEX round_by_code ON round (code) WHERE state = 'open';
