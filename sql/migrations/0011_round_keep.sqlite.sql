-- Until when the sheets of a round are kept: a promise to its respondents that the program carries out by itself.
ALTER TABLE round ADD COLUMN keep_until_ms INTEGER; -- when sheets, participants and links go; NULL: promised in words only
ALTER TABLE round ADD COLUMN forgotten_ms INTEGER; -- when they went, and only counts were left; NULL: they are there
