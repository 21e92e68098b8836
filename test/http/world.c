/* See world.h. */
#include "http/world.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/timing.h"
#include "base/token.h"
#include "db/tables.h"
#include "http/visit.h"

const char *const world_markers[WORLD_ORGS] = { "Kestrel", "Falcon", "Magpie", "Heron" };

/* ---- links ---- */

static struct token token_of(struct world *w, const char *table, int64_t org_id, int64_t id)
{
	struct sha256 h =
		sha256(str_fmt(w->a, "%s %lld %lld", table, (long long)org_id, (long long)id));
	struct token t;

	memcpy(t.bytes, h.bytes, sizeof t.bytes);
	return t;
}

static struct str token_text(struct world *w, struct token t)
{
	return base64url(w->a, t.bytes, sizeof t.bytes);
}

struct str world_token(struct world *w, const char *table, int64_t org_id, int64_t id)
{
	return token_text(w, token_of(w, table, org_id, id));
}

static struct sha256 hash_of(struct token t)
{
	return sha256(str_make((const char *)t.bytes, sizeof t.bytes));
}

struct str world_hash_sql(struct world *w, const char *table, int64_t org_id, int64_t id)
{
	struct sha256 h = hash_of(token_of(w, table, org_id, id));
	struct buf b = buf_make(w->a, 256);

	buf_puts(&b, w->store->is_postgres ? "'\\x" : "x'");
	for (size_t i = 0; i < sizeof h.bytes; i++)
		buf_fmt(&b, "%02x", h.bytes[i]);
	buf_puts(&b, "'");
	return buf_str(&b);
}

/* ---- rows ---- */

/* One round in each state, and one that is anonymous. */
static const struct round_kind {
	const char *state, *mode, *access, *opened, *closed;
} round_kinds[] = {
	{ "draft", "nominative", "both", "NULL", "NULL" },
	{ "open", "nominative", "both", "1", "NULL" },
	{ "open", "anonymous", "both", "1", "NULL" },
	{ "closed", "nominative", "both", "1", "2" },
	{ "open", "nominative", "personal", "2", "NULL" },
	{ "open", "nominative", "both", "1", "NULL" },
	{ "open", "anonymous", "both", "1", "NULL" },
	{ "open", "nominative", "both", "0", "NULL" },
	{ "closed", "anonymous", "both", "1", "2" },
};
enum {
	ROUNDS = sizeof round_kinds / sizeof *round_kinds,
	OPEN_ROUND = 2,
	ANONYMOUS_ROUND = 3,
	CLOSED_ROUND = 4,
	PERSONAL_ROUND = 5,
	ROOM_ROUND = 6,
	QUIET_ROUND = 7, /* a workshop in which no vote is open */
	OVER_ROUND = 8,  /* one that has ended */
	PAST_ROUND = 9   /* anonymous, and closed */
};

/*
 * SQL of the world holds words of its own: {org} {marker} {now} {pack} {version} {owner} {shared}, ids of this
 * organisation as {id:1}, of the round at hand as {round} and of its participants as {person:0}, what that round
 * is as {state} {mode} {access} {opened} {closed}, and hashes of links as {hash:round:id:1}.
 */
struct words {
	struct world *w;
	enum world_org org;
	int64_t base, now;
	int round; /* 1 to ROUNDS */
};

static int64_t id_of(const struct words *in, struct str word)
{
	struct str rest = word, name = str_cut(&rest, ':');
	int64_t n = rest.len ? rest.data[0] - '0' : 0;

	if (str_is(name, "id"))
		return in->base + n;
	if (str_is(name, "alone"))
		return in->org == FALCON ? 2 : 1;
	return in->base + in->round * 10 + (str_is(name, "person") ? n + 100 : 0);
}

static bool put_round_word(struct buf *b, const struct words *in, struct str name)
{
	const struct round_kind *kind = &round_kinds[in->round - 1];

	if (str_is(name, "n"))
		buf_i64(b, in->round);
	else if (str_is(name, "state"))
		buf_puts(b, kind->state);
	else if (str_is(name, "mode"))
		buf_puts(b, kind->mode);
	else if (str_is(name, "access"))
		buf_puts(b, kind->access);
	else if (str_is(name, "opened"))
		buf_puts(b, kind->opened);
	else if (str_is(name, "closed"))
		buf_puts(b, kind->closed);
	else
		return false;
	return true;
}

/* Room codes: each of one workshop of the installation. They begin with the organisation, and end with the round. */
static const char *const codes[WORLD_ORGS] = { "KK", "FF", "MM", "" };

static bool put_world_word(struct buf *b, const struct words *in, struct str name)
{
	struct world *w = in->w;

	if (str_is(name, "org"))
		buf_i64(b, w->orgs[in->org]);
	else if (str_is(name, "marker"))
		buf_puts(b, world_markers[in->org]);
	else if (str_is(name, "code"))
		buf_fmt(b, "%s234%d", codes[in->org], in->round);
	else if (str_is(name, "now"))
		buf_i64(b, in->now);
	else if (str_is(name, "pack"))
		buf_put(b, w->product->app.pack->id);
	else if (str_is(name, "version"))
		buf_i64(b, w->product->app.pack->version);
	else if (str_is(name, "owner"))
		buf_i64(b, w->members[in->org][ROLE_OWNER].account_id);
	else if (str_is(name, "viewer"))
		buf_i64(b, w->members[in->org][ROLE_VIEWER].account_id);
	else if (str_is(name, "shared"))
		buf_i64(b, w->shared.account_id);
	else
		return false;
	return true;
}

static void put_word(struct buf *b, const struct words *in, struct str word)
{
	struct world *w = in->w;
	struct str rest = word;

	if (put_world_word(b, in, word) || (in->round && put_round_word(b, in, word)))
		return;
	if (str_starts(word, S("hash:"))) {
		struct str table;

		(void)str_cut(&rest, ':');
		table = str_cut(&rest, ':');
		buf_put(b,
			world_hash_sql(w, str_c(w->a, table), w->orgs[in->org], id_of(in, rest)));
	} else {
		buf_i64(b, id_of(in, word));
	}
}

static const char *expand(const struct words *in, const char *sql)
{
	struct str rest = str_from(sql);
	struct buf b = buf_make(in->w->a, 64 * 1024);

	while (rest.data) {
		buf_put(&b, str_cut(&rest, '{'));
		if (rest.data)
			put_word(&b, in, str_cut(&rest, '}'));
	}
	return b.data;
}

static void run(const struct words *in, const char *sql)
{
	(void)store_sql(in->w->store, expand(in, sql));
}

static const char structure[] =
	"UPDATE org SET sector = '{marker} sector', accent = '#0b5563', contact_url = 'https://{marker}.example/',"
	" benchmark = 1 WHERE id = {org};"
	"INSERT INTO department (org_id, id, name, name_key, position) VALUES"
	" ({org}, {id:1}, '{marker} Finance', 'finance', 0),"
	" ({org}, {id:2}, '{marker} Sales', 'sales', 1),"
	" ({org}, {id:3}, '{marker} Unused', 'unused', 2);"
	"INSERT INTO org_invitation (org_id, id, token_hash, role, label, created_by, created_ms, expires_ms, used_ms,"
	" revoked_ms, email) VALUES ({org}, {id:1}, {hash:org_invitation:id:1}, 'viewer', '{marker} guest', {owner}, {now},"
	" {now} + 86400000, NULL, NULL, 'guest@{marker}.example'),"
	" ({org}, {id:2}, {hash:org_invitation:id:2}, 'viewer', '{marker} late', {owner}, 1, 2, NULL, NULL, NULL),"
	" ({org}, {id:3}, {hash:org_invitation:id:3}, 'viewer', '{marker} used', {owner}, {now}, {now} + 86400000, {now}, NULL, NULL),"
	" ({org}, {id:4}, {hash:org_invitation:id:4}, 'viewer', '{marker} gone', {owner}, {now}, {now} + 86400000, NULL, {now}, NULL);"
	"INSERT INTO plan_action (org_id, id, title, detail, owner_account, owner_name, due, status, effort, note, questions,"
	" phase, source_kind, source_id, source_action, done_ms, created_ms, updated_ms, version) VALUES"
	" ({org}, {id:1}, '{marker} catalogue', '{marker} detail', {owner}, '{marker} owner', '2026-01-01', 'todo', 'small',"
	" '{marker} note', 'lineage', '', '', NULL, '', NULL, {now}, {now}, 1),"
	" ({org}, {id:2}, '{marker} dictionary', '', NULL, '', NULL, 'done', '', '', '', '', '', NULL, '', {now}, {now}, {now}, 1);"
	"INSERT INTO calendar_feed (org_id, id, account_id, token_hash, created_ms, revoked_ms) VALUES"
	" ({org}, {id:1}, {viewer}, {hash:calendar_feed:id:1}, {now}, NULL),"
	" ({org}, {id:2}, {shared}, {hash:calendar_feed:id:2}, {now}, {now});"
	"INSERT INTO mail (org_id, id, kind, object_id, recipient, language, state, attempts, next_ms, created_ms, expires_ms,"
	" said) VALUES ({org}, {id:1}, 'campaign-link', {id:5}, '{marker}@example.org', 'fr', 'failed', 3, {now}, {now}, {now},"
	" '{marker} refused');"
	"INSERT INTO audit (org_id, id, at_ms, account_id, who, action, object_kind, object_id, before, after) VALUES"
	" ({org}, {id:1}, {now}, {owner}, '{marker} owner', '{marker} tested', 'org', NULL, NULL, '{marker}');";

static const char round_rows[] =
	"INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, state, mode, access, threshold,"
	" asks_department, shows_result, language, controller, contact, purpose, retention, opened_ms, closed_ms,"
	" created_by, created_ms, updated_ms, version, keep_until_ms) VALUES ({org}, {round}, 'scorecard', {hash:round:round},"
	" '{marker} round {n}', '{pack}', {version}, '{state}', '{mode}', '{access}', 5, 1, 1, 'fr', '{marker} controller',"
	" '{marker} contact', '{marker} purpose', '{marker} retention', {opened}, {closed}, {owner}, {now}, {now}, 1, {now} + 8640000000);"
	"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, email, department_id, state, created_ms,"
	" revoked_ms) VALUES"
	" ({org}, {person:0}, {round}, 'personal', {hash:participant:person:0}, '{marker} Ada',"
	" 'ada{n}@{marker}.example', {id:1}, 'invited', {now}, NULL),"
	" ({org}, {person:1}, {round}, 'personal', {hash:participant:person:1}, '{marker} Bob', NULL, {id:2}, 'invited',"
	" {now}, NULL),"
	" ({org}, {person:2}, {round}, 'personal', {hash:participant:person:2}, '{marker} Cleo', NULL, NULL, 'invited',"
	" {now}, {now}),"
	" ({org}, {person:3}, {round}, 'device', {hash:participant:person:3}, '{marker} Dan', NULL, {id:1}, 'begun',"
	" {now}, NULL),"
	" ({org}, {person:4}, {round}, 'personal', {hash:participant:person:4}, '{marker} Eve',"
	" 'eve{n}@{marker}.example', NULL, 'invited',"
	" {now}, NULL);"
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, round_id,"
	" participant_id) VALUES ({org}, {person:3}, {hash:participant:person:3}, '{pack}', {version}, 'fr', {now}, {now},"
	" {round}, {person:3});"
	"INSERT INTO answer (org_id, sheet_id, question, value, comment, updated_ms) VALUES"
	" ({org}, {person:3}, 'lineage', 'some', '{marker} comment', {now}),"
	" ({org}, {person:3}, 'etl', NULL, '{marker} comment', {now});"
	"INSERT INTO agreement (org_id, round_id, item, value, reason, account_id, at_ms) VALUES"
	" ({org}, {round}, 'lineage', 'some', '{marker} reason', {owner}, {now});";

/* Enough answers for a result. */
static const char closed_rows[] =
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, {id:1}, '', 0, '', 7), ({org}, {round}, 1, {id:1}, 'lineage', 3, 'some', 5),"
	" ({org}, {round}, 1, {id:1}, 'lineage', 3, 'yes', 2), ({org}, {round}, 1, {id:1}, 'etl', 3, 'yes', 7);"
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, round_id,"
	" participant_id, department_id, sent_ms) VALUES ({org}, {person:6}, {hash:participant:person:4}, '{pack}', {version},"
	" 'fr', {now}, {now}, {round}, {person:4}, {id:1}, {now});"
	"INSERT INTO answer (org_id, sheet_id, question, value, comment, kind, updated_ms) VALUES"
	" ({org}, {person:6}, 'lineage', 'some', '{marker} closing words', 3, {now});"
	"UPDATE participant SET state = 'answered', answered_day = 0 WHERE org_id = {org} AND id = {person:4};";

/* As if more had answered, so that it shows what it counted. */
static const char shown_rows[] =
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, {id:2}, '', 0, '', 7), ({org}, {round}, 1, {id:2}, 'lineage', 3, 'yes', 7);";

/* What two sent, whom nothing leads to. */
static const char past_rows[] =
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, round_id,"
	" department_id, sent_ms) VALUES ({org}, {person:6}, {hash:sheet:person:6}, '{pack}', {version}, 'fr', 0, 0, {round},"
	" {id:1}, 0), ({org}, {person:7}, {hash:sheet:person:7}, '{pack}', {version}, 'fr', 0, 0, {round}, {id:2}, 0);"
	"INSERT INTO answer (org_id, sheet_id, question, value, comment, kind, updated_ms) VALUES"
	" ({org}, {person:6}, 'lineage', 'some', '{marker} whispers', 3, 0),"
	" ({org}, {person:7}, 'lineage', 'some', '{marker} whispers', 3, 0),"
	" ({org}, {person:7}, 'etl', 'yes', NULL, 3, 0);"
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, {id:1}, '', 0, '', 1), ({org}, {round}, 1, {id:2}, '', 0, '', 1),"
	" ({org}, {round}, 1, {id:1}, 'lineage', 3, 'some', 1), ({org}, {round}, 1, {id:2}, 'lineage', 3, 'some', 1),"
	" ({org}, {round}, 1, {id:2}, 'etl', 3, 'yes', 1);";

/* Mails that wait: an invitation, a personal link, a reminder, and one that nobody needs any more. */
static const char mail_rows[] =
	"INSERT INTO mail (org_id, id, kind, object_id, language, state, attempts, next_ms, created_ms, expires_ms) VALUES"
	" ({org}, {id:2}, 'campaign-link', {id:9}, '', 'waiting', 0, 1, {now}, {now} + 86400000),"
	" ({org}, {id:3}, 'invitation', {id:1}, 'fr', 'waiting', 0, 2, {now}, {now} + 86400000),"
	" ({org}, {id:4}, 'campaign-link', {person:0}, '', 'waiting', 0, 3, {now}, {now} + 86400000),"
	" ({org}, {id:5}, 'campaign-reminder', {person:0}, '', 'waiting', 0, 4, {now}, {now} + 86400000);";

/* A workshop: a vote is open, and three are in the room, two of whom have voted; one of them on nothing else. */
static const char room_rows[] =
	"INSERT INTO workshop (org_id, round_id, state, code, first_vote, shows_names, item, started_by, started_ms, version,"
	" news) VALUES ({org}, {round}, 'open', '{code}', 1, 1, 'lineage', {owner}, {now}, 1, 1);"
	"INSERT INTO workshop_item (org_id, round_id, item, position, state, vote) VALUES"
	" ({org}, {round}, 'lineage', 0, 'voting', 1), ({org}, {round}, 'etl', 1, 'waiting', 0),"
	" ({org}, {round}, 'poc', 2, 'revealed', 1), ({org}, {round}, 'governance', 3, 'skipped', 0);";
static const char people_in_room[] =
	"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, department_id, state, created_ms) VALUES"
	" ({org}, {person:5}, {round}, 'room', {hash:participant:person:5}, '{marker} Finn', {id:1}, 'begun', {now}),"
	" ({org}, {person:7}, {round}, 'room', {hash:participant:person:7}, '{marker} Gil', {id:1}, 'answered', {now}),"
	" ({org}, {person:8}, {round}, 'room', {hash:participant:person:8}, '{marker} Hal', {id:1}, 'answered', {now});"
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, round_id,"
	" participant_id, sent_ms) VALUES ({org}, {person:5}, {hash:participant:person:5}, '{pack}', {version}, 'fr', {now},"
	" {now}, {round}, {person:5}, {now}), ({org}, {person:7}, {hash:participant:person:7}, '{pack}', {version}, 'fr',"
	" {now}, {now}, {round}, {person:7}, {now}), ({org}, {person:8}, {hash:participant:person:8}, '{pack}', {version}, 'fr',"
	" {now}, {now}, {round}, {person:8}, {now});"
	"INSERT INTO answer (org_id, sheet_id, question, value, kind, updated_ms) VALUES"
	" ({org}, {person:5}, 'poc', 'one', 3, {now}), ({org}, {person:7}, 'lineage', 'some', 3, {now}),"
	" ({org}, {person:7}, 'poc', 'one', 3, {now}), ({org}, {person:8}, 'lineage', 'some', 3, {now});"
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, 0, 'poc', 3, 'one', 2), ({org}, {round}, 1, 0, 'lineage', 3, 'some', 2),"
	" ({org}, {round}, 1, 0, '', 0, '', 3);";
/* Nobody is voting; and one that is over. */
static const char quiet_rows[] =
	"INSERT INTO workshop (org_id, round_id, state, code, first_vote, shows_names, item, started_by, started_ms, version,"
	" news) VALUES ({org}, {round}, 'open', '{code}', 1, 0, 'lineage', {owner}, {now}, 1, 1);"
	"INSERT INTO workshop_item (org_id, round_id, item, position, state, vote) VALUES"
	" ({org}, {round}, 'lineage', 0, 'revealed', 1), ({org}, {round}, 'etl', 1, 'waiting', 0),"
	" ({org}, {round}, 'poc', 2, 'revealed', 1);";
static const char over_rows[] =
	"INSERT INTO workshop (org_id, round_id, state, code, first_vote, shows_names, item, started_by, started_ms, over_ms,"
	" version, news) VALUES ({org}, {round}, 'over', '{code}', 1, 1, '', {owner}, {now}, {now}, 1, 1);"
	"INSERT INTO workshop_item (org_id, round_id, item, position, state, vote) VALUES"
	" ({org}, {round}, 'lineage', 0, 'revealed', 1), ({org}, {round}, 'poc', 1, 'waiting', 0);"
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, 0, 'lineage', 3, 'some', 1), ({org}, {round}, 1, 0, '', 0, '', 1);";

static void post(struct world *w, struct str path, const char *form, int status)
{
	struct response got = site_post(w->product->site, path.data, form);

	assert_status(&got, status);
}

/* Begins, answers and perhaps sends the sheet of somebody invited. */
static void respond(const struct words *in, const char *person, bool sends)
{
	struct world *w = in->w;
	struct str token =
		world_token(w, "participant", w->orgs[in->org], id_of(in, str_from(person)));
	const char *t = token.data;

	post(w, str_fmt(w->a, "/p/%s", t),
	     str_fmt(w->a, "department=%s", id_text(w->a, in->base + 1).data).data, 303);
	post(w, str_fmt(w->a, "/c/%s/q/lineage", t),
	     str_fmt(w->a, "answer=some&comment=%s+comment&go=next", world_markers[in->org]).data,
	     303);
	if (sends)
		post(w, str_fmt(w->a, "/c/%s/send", t), "", 303);
}

/* Shared links of the sheets there are: one open, one closed. */
static const char shares[] =
	"INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms, revoked_ms) "
	"SELECT {org}, {id:1}, max(id), {hash:share:id:1}, {now}, CAST(NULL AS BIGINT) FROM sheet WHERE org_id = {org};"
	"INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms, revoked_ms) "
	"SELECT {org}, {id:2}, max(id), {hash:share:id:2}, {now}, {now} FROM sheet WHERE org_id = {org};";

static void fill(struct words in)
{
	run(&in, structure);
	for (in.round = 1; in.round <= ROUNDS; in.round++)
		run(&in, round_rows);
	for (in.round = OPEN_ROUND; in.round <= ANONYMOUS_ROUND; in.round++) {
		respond(&in, "person:0", true);
		respond(&in, "person:1", false);
	}
	run(&in, shares);
	in.round = PERSONAL_ROUND;
	respond(&in, "person:1", true);
	run(&in, mail_rows);
	in.round = CLOSED_ROUND;
	run(&in, closed_rows);
	in.round = PAST_ROUND;
	run(&in, past_rows);
	in.round = OPEN_ROUND;
	run(&in, shown_rows);
	in.round = ROOM_ROUND;
	run(&in, room_rows);
	run(&in, people_in_room);
	in.round = QUIET_ROUND;
	run(&in, quiet_rows);
	run(&in, people_in_room);
	in.round = OVER_ROUND;
	run(&in, over_rows);
}

/* A sheet outside rounds: of no organisation, and claimed ones; Kestrel's under the same id. */
static const char alone[] =
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms,"
	" finished_ms) VALUES ({org}, {alone}, {hash:sheet:alone}, '{pack}', {version}, 'fr', {now}, {now}, CASE WHEN {org} = 1 THEN NULL ELSE {now} END);"
	"INSERT INTO answer (org_id, sheet_id, question, value, comment, updated_ms) VALUES"
	" ({org}, {alone}, 'lineage', 'some', '{marker} comment', {now}), ({org}, {alone}, 'etl', NULL, '{marker} comment', {now});"
	"INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms) VALUES ({org}, {alone}, {alone}, {hash:share:alone}, {now});";

/* What the twin has and Kestrel has not. */
static const char twin_alone[] =
	"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, email, department_id, state, created_ms)"
	" VALUES ({org}, {id:9}, {round}, 'personal', {hash:participant:id:9}, '{marker} only', 'only@example.org', {id:3},"
	" 'invited', {now});"
	"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, department_id)"
	" VALUES ({org}, {id:9}, {hash:sheet:id:9}, '{pack}', {version}, 'fr', {now}, {now}, {id:3});"
	"INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms) VALUES ({org}, {id:8}, 1, {hash:share:id:8}, {now});"
	"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) VALUES"
	" ({org}, {round}, 1, 0, 'etl', 0, '', 0);"
	"UPDATE tally SET n = 50 WHERE org_id = {org} AND item = '';"
	"UPDATE calendar_feed SET id = id + 50 WHERE org_id = {org};"
	"UPDATE mail SET object_id = {person:4} WHERE org_id = {org} AND id = {id:1};"
	"UPDATE sheet SET finished_ms = {now} + 5 WHERE org_id = {org} AND round_id IS NULL;";
/* Of the room where a vote is open: another has voted, one on more than that, and one whose votes are gone. */
static const char twin_room[] =
	"INSERT INTO answer (org_id, sheet_id, question, value, kind, updated_ms) VALUES"
	" ({org}, {person:5}, 'lineage', 'some', 3, {now});"
	"UPDATE participant SET state = 'answered' WHERE org_id = {org} AND id = {person:5};"
	"INSERT INTO answer (org_id, sheet_id, question, value, kind, updated_ms) VALUES"
	" ({org}, {person:8}, 'etl', 'yes', 3, {now});"
	"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, state, created_ms) VALUES"
	" ({org}, {person:9}, {round}, 'room', {hash:participant:person:9}, '{marker} Ida', 'answered', {now});";
/* Of the room without a vote: who answered at home is in it, too. */
static const char twin_quiet[] =
	"UPDATE participant SET kind = 'room' WHERE org_id = {org} AND id = {person:3};";
/* Somebody more is invited; and it is anonymous. */
static const char twin_personal[] =
	"UPDATE round SET mode = 'anonymous' WHERE org_id = {org} AND id = {round};"
	"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, state, created_ms) VALUES"
	" ({org}, {person:9}, {round}, 'personal', {hash:participant:person:9}, '{marker} fifth', 'invited', {now});";
/* Its answers should have gone. */
static const char promised[] =
	"UPDATE round SET keep_until_ms = 5 WHERE org_id = {org} AND id = {round};";
/* A workshop votes for the first time where Kestrel has none, on a campaign that is open and on one that is over. */
static const char twin_open[] =
	"INSERT INTO workshop (org_id, round_id, state, code, first_vote, shows_names, item, started_by, started_ms, version,"
	" news) VALUES ({org}, {round}, 'open', '{code}', 1, 1, '', {shared}, {now}, 1, 1);";

static const char links[] =
	"INSERT INTO account_link (id, token_hash, kind, account_id, created_ms, expires_ms, used_ms) VALUES"
	" ({id:1}, {hash:account_link:id:1}, 'setup', NULL, {now}, {now} + 86400000, NULL),"
	" ({id:2}, {hash:account_link:id:2}, 'setup', NULL, 1, 2, NULL),"
	" ({id:3}, {hash:account_link:id:3}, 'reset', {shared}, {now}, {now} + 86400000, NULL),"
	" ({id:4}, {hash:account_link:id:4}, 'reset', {shared}, 1, 2, NULL),"
	" ({id:5}, {hash:account_link:id:5}, 'reset', {shared}, {now}, {now} + 86400000, {now});";

/* ---- the twin ---- */

struct twin {
	struct world *w;
	const struct db_table *table;
	struct db_value *rows; /* of Kestrel */
	size_t n;
};

/* `text` with Kestrel's marker replaced by the twin's. */
static struct str renamed(struct world *w, struct str text)
{
	struct buf b = buf_make(w->a, text.len * 2 + 16);
	struct str marker = str_from(world_markers[KESTREL]);

	while (text.len) {
		bool is_here = str_starts(text, marker);

		buf_put(&b, is_here ? str_from(world_markers[MAGPIE]) : str_slice(text, 0, 1));
		text = str_slice(text, is_here ? marker.len : 1, text.len);
	}
	return buf_str(&b);
}

/* A twin's link is another: tokens are secrets, and unique. */
static struct str twin_hash(struct world *w, const struct db_table *table,
			    const struct db_value *row)
{
	struct sha256 *h = arena_new(w->a, struct sha256, 1);
	const char *name = table->name;
	int64_t id = 0;

	for (int i = 0; i < table->n_columns; i++)
		if (str_is(str_from(table->columns[i].name), "id"))
			id = row[i].i64;
	for (int i = 0; i < table->n_columns; i++)
		if (str_is(str_from(table->columns[i].name), "participant_id") &&
		    row[i].type != DB_NULL) {
			name = "participant";
			id = row[i].i64;
		}
	*h = hash_of(token_of(w, name, w->orgs[MAGPIE], id));
	return str_make((const char *)h->bytes, sizeof h->bytes);
}

static void make_twin_row(struct world *w, const struct db_table *table, struct db_value *row)
{
	for (int i = 0; i < table->n_columns; i++) {
		if (i == table->org_column)
			row[i].i64 = w->orgs[MAGPIE];
		else if (row[i].type == DB_TEXT)
			row[i].bytes = renamed(w, row[i].bytes);
		else if (str_is(str_from(table->columns[i].name), "token_hash"))
			row[i].bytes = twin_hash(w, table, row);
		if (str_is(str_from(table->columns[i].name), "code"))
			row[i].bytes =
				str_fmt(w->a, "%s%.*s", codes[MAGPIE],
					STR_ARG(str_slice(row[i].bytes, strlen(codes[MAGPIE]),
							  row[i].bytes.len)));
	}
}

static int add_twin_rows(struct db *db, void *arg, struct err *err)
{
	struct twin *t = arg;
	int r = 0;

	db_scope(db, DB_ORG_ALL);
	for (size_t i = 0; r == 0 && i < t->n; i++)
		r = db_exec(db, t->table->add, t->rows + i * (size_t)t->table->n_columns, NULL,
			    err);
	return r;
}

/* Who belongs to Kestrel does not belong to the twin, but for the consultant. */
static bool is_twinned(struct world *w, const struct db_table *table, const struct db_value *row)
{
	if (!str_is(str_from(table->name), "membership"))
		return true;
	for (int i = 0; i < table->n_columns; i++)
		if (table->columns[i].is_account && row[i].i64 == w->shared.account_id)
			return true;
	return false;
}

static void twin_table(struct world *w, const struct db_table *table)
{
	struct twin t = {
		w, table,
		arena_new(w->a, struct db_value, (size_t)(DB_TABLE_PAGE * table->n_columns)), 0
	};
	struct db_value key = { .type = DB_I64, .i64 = w->orgs[KESTREL] };
	struct db_value columns[DB_COLUMNS_MAX];
	struct db_rows *rows;
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(w->store->pool, &db, &err), &err);
	db_scope(db, DB_ORG_ALL);
	assert_ok(db_run(db, table->first, &key, &rows, &err), &err);
	while (db_next(rows, columns, &err) == DB_ROW) {
		struct db_value *row = t.rows + t.n * (size_t)table->n_columns;

		if (!is_twinned(w, table, columns))
			continue;
		for (int i = 0; i < table->n_columns; i++) {
			row[i] = columns[i];
			row[i].bytes = str_dup(w->a, columns[i].bytes);
		}
		make_twin_row(w, table, row);
		t.n++;
	}
	db_finish(rows);
	db_read_end(w->store->pool, db);
	/* A table that no world has rows of is one whose isolation nobody tries. */
	if (t.n == 0)
		fail_msg("the world has no row in %s: add some to world.c", table->name);
	assert_ok(db_write(w->store->pool, add_twin_rows, &t, &err), &err);
}

/* ---- what is stored ---- */

/* Columns of what belongs to no organisation. */
static const struct {
	const char *table, *columns;
} nobodys[] = {
	{ "account", "id, email, name, password, is_admin, disabled_ms, totp_confirmed_ms" },
	{ "session", "id, account_id" },
	{ "account_link", "id, used_ms" },
	{ "instance", "name" },
};

/* The rows of a table as one text for each organisation, in any order that stays. */
static void put_table_sql(const struct world *w, struct buf *b, const char *table, const char *key,
			  struct str columns)
{
	const char *name = table;

	if (b->len)
		buf_puts(b, " UNION ALL ");
	if (w->store->is_postgres) {
		buf_fmt(b,
			"SELECT '%s' AS t, o, string_agg(r, '|' ORDER BY r) AS r FROM (SELECT CAST(%s AS BIGINT) AS o, "
			"concat_ws(',', CAST(row(%.*s) AS TEXT)) AS r FROM %s) x GROUP BY o",
			name, key, STR_ARG(columns), table);
		return;
	}
	buf_fmt(b, "SELECT '%s' AS t, o, group_concat(r, '|') AS r FROM (SELECT %s AS o, ", name,
		key);
	for (const char *before = "quote("; columns.data; before = " || ',' || quote(") {
		struct str column = str_trim(str_cut(&columns, ','));

		buf_fmt(b, "%s%.*s)", before, STR_ARG(column));
	}
	buf_fmt(b, " AS r FROM %s ORDER BY 1, 2) GROUP BY o", table);
}

static const enum db_type rows_columns[] = { DB_TEXT, DB_I64, DB_TEXT };
static const bool rows_nullable[] = { false, false, true };

static const struct db_query *rows_query(struct world *w)
{
	struct db_query *q = arena_new(w->a, struct db_query, 1);
	struct buf b = buf_make(w->a, 64 * 1024);

	for (int t = 0; db_tables[t]; t++) {
		const struct db_table *table = db_tables[t];
		struct buf columns = buf_make(w->a, 4096);

		for (int i = 0; i < table->n_columns; i++)
			buf_fmt(&columns, "%s%s", i ? ", " : "", table->columns[i].name);
		put_table_sql(w, &b, table->name, table->columns[table->org_column].name,
			      buf_str(&columns));
	}
	for (size_t i = 0; i < sizeof nobodys / sizeof *nobodys; i++)
		put_table_sql(w, &b, nobodys[i].table, "0", str_from(nobodys[i].columns));
	*q = (struct db_query){
		.name = "world.rows",
		.sqlite = b.data,
		.postgres = b.data,
		.n_columns = 3,
		.columns = rows_columns,
		.nullable = rows_nullable,
		.reach = DB_REACH_ALL,
		.org_param = -1,
	};
	return q;
}

/* Whose rows those of `org_id` are. */
static int owner_of(const struct world *w, int64_t org_id)
{
	for (int i = 0; i < WORLD_ORGS; i++)
		if (w->orgs[i] == org_id)
			return i;
	return OWNER_NOBODY;
}

/* The place of a table in what is compared. */
static int place_of(struct str table)
{
	int n = 0;

	while (db_tables[n] && !str_is(table, db_tables[n]->name))
		n++;
	for (size_t i = 0; !db_tables[n] && i < sizeof nobodys / sizeof *nobodys; i++)
		if (str_is(table, nobodys[i].table))
			return n + (int)i;
	return n;
}

static void read_rows(struct world *w, struct db *db, struct world_rows *ret)
{
	struct db_value columns[3];
	struct buf b[OWNERS], tables[WORLD_TABLES];
	struct db_rows *rows;
	struct err err;

	for (int i = 0; i < OWNERS; i++)
		b[i] = buf_make(w->a, 1 << 20);
	for (int i = 0; i < WORLD_TABLES; i++)
		tables[i] = buf_make(w->a, 1 << 20);
	assert_ok(db_run(db, w->all_rows, NULL, &rows, &err), &err);
	while (db_next(rows, columns, &err) == DB_ROW) {
		struct buf *to = &b[owner_of(w, columns[1].i64)];
		int place = place_of(columns[0].bytes);

		assert_in_range(place, 0, WORLD_TABLES - 1);
		buf_put(to, columns[0].bytes);
		buf_put(to, columns[2].bytes);
		buf_fmt(&tables[place], "%lld:", (long long)columns[1].i64);
		buf_put(&tables[place], columns[2].bytes);
	}
	db_finish(rows);
	for (int i = 0; i < OWNERS; i++) {
		assert_false(b[i].full);
		ret->owners[i] = sha256(buf_str(&b[i]));
	}
	for (int i = 0; i < WORLD_TABLES; i++)
		ret->tables[i] = sha256(buf_str(&tables[i]));
}

static void compare(struct db *db, void *arg)
{
	struct world *w = arg;

	read_rows(w, db, &w->after);
	for (int i = 0; i < OWNERS; i++)
		w->was_changed[i] = memcmp(&w->after.owners[i], &w->before.owners[i],
					   sizeof w->after.owners[i]) != 0;
}

static void remember(struct world *w)
{
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(w->store->pool, &db, &err), &err);
	read_rows(w, db, &w->before);
	db_read_end(w->store->pool, db);
}

struct doing {
	struct world *w;
	int (*run)(struct world *w, struct db *db, struct buf *told, struct err *err);
	struct buf told;
	bool has_failed;
};

static int do_and_undo(struct db *db, void *arg, struct err *err)
{
	struct doing *d = arg;

	d->has_failed = d->run(d->w, db, &d->told, err) != 0;
	if (!d->has_failed)
		compare(db, d->w);
	return DB_JOB_UNDO;
}

static void be_unchanged(struct world *w)
{
	memset(w->was_changed, 0, sizeof w->was_changed);
	w->after = w->before;
}

struct response world_do(struct world *w, int (*job)(struct world *w, struct db *db,
						     struct buf *told, struct err *err))
{
	struct doing d = { .w = w, .run = job, .told = buf_make(w->a, 1 << 20) };
	struct err err;

	be_unchanged(w);
	(void)!db_write(w->store->pool, do_and_undo, &d, &err);
	return (struct response){ .status = d.has_failed ? 500 : 200, .body = buf_str(&d.told) };
}

struct response world_try(struct world *w, enum method method, const char *path,
			  const char *headers, const char *form)
{
	be_unchanged(w);
	return site_request(w->product->site, method == METHOD_POST ? "POST" : "GET", path, headers,
			    method == METHOD_POST ? str_from(form) : (struct str){ "", 0 });
}

/* ---- making it ---- */

static void add_members(struct world *w, enum world_org org)
{
	struct product *p = w->product;
	const char *name = str_fmt(w->a, "%s & sons", world_markers[org]).data;
	struct member owner = product_member(p, name, ROLE_OWNER);

	w->orgs[org] = owner.org_id;
	w->members[org][ROLE_OWNER] = owner;
	for (int role = ROLE_VIEWER; role < ROLE_OWNER; role++)
		w->members[org][role] = product_colleague(p, owner.org_id, (enum role)role);
}

/* People's names say where they belong. */
static const char naming[] =
	"UPDATE account SET name = '{marker} ' || name WHERE id IN (SELECT account_id FROM membership WHERE"
	" org_id = {org} AND account_id <> {shared});";

static void end_former(struct world *w)
{
	for (int i = 0; i < FORMERS; i++)
		w->former[i] = product_colleague(w->product, w->orgs[KESTREL], ROLE_OWNER);
	(void)store_sql(
		w->store,
		str_fmt(w->a,
			"UPDATE account SET disabled_ms = 1 WHERE id = %lld;"
			"UPDATE session SET seen_ms = 1, created_ms = 1 WHERE account_id = %lld;"
			"DELETE FROM session WHERE account_id = %lld;"
			"DELETE FROM membership WHERE account_id = %lld;"
			"INSERT INTO calendar_feed (org_id, id, account_id, token_hash, created_ms) VALUES"
			" (%lld, 1003, %lld, %s, 1), (%lld, 1004, %lld, %s, 1);",
			(long long)w->former[FORMER_DISABLED].account_id,
			(long long)w->former[FORMER_EXPIRED].account_id,
			(long long)w->former[FORMER_ENDED].account_id,
			(long long)w->former[FORMER_REMOVED].account_id,
			(long long)w->orgs[KESTREL],
			(long long)w->former[FORMER_DISABLED].account_id,
			world_hash_sql(w, "calendar_feed", w->orgs[KESTREL], 1003).data,
			(long long)w->orgs[KESTREL],
			(long long)w->former[FORMER_REMOVED].account_id,
			world_hash_sql(w, "calendar_feed", w->orgs[KESTREL], 1004).data)
			.data);
}

/* That Kestrel's owner erased another organisation once. */
static void add_erasure(struct world *w, int64_t org_id, enum world_org named)
{
	(void)store_sql(
		w->store,
		str_fmt(w->a,
			"INSERT INTO audit (org_id, id, at_ms, account_id, who, action, object_kind, object_id, after) "
			"VALUES (%lld, 99999%d, 1, %lld, '%s owner', 'erased', 'erasure', 777, "
			"'{\"name\":\"%s before\",\"rows\":{\"sheet\":3}}')",
			(long long)org_id, (int)named,
			(long long)w->members[KESTREL][ROLE_OWNER].account_id, world_markers[named],
			world_markers[named])
			.data);
}

struct world *world_make(struct store *store)
{
	struct world *w = arena_new(&store->arena, struct world, 1);
	struct words kestrel = { w, KESTREL, 1000, time_now_ms(), 0 };
	struct words falcon = { w, FALCON, 2000, kestrel.now, 0 };
	struct words public = { w, PUBLIC, 0, kestrel.now, 0 };
	struct words magpie = { w, MAGPIE, kestrel.base, kestrel.now, OPEN_ROUND };

	w->store = store;
	w->a = &store->arena;
	w->product = product_make(w->a, store->pool);
	w->product->config.has_mail =
		true; /* pages say what became of mails; no thread sends any */
	w->product->site = site_make(w->a, &w->product->config);
	w->orgs[PUBLIC] = ORG_PUBLIC;
	w->orgs[MAGPIE] = id_make(kestrel.now + 1000); /* later: lists have it last */
	add_members(w, KESTREL);
	add_members(w, FALCON);
	w->shared = product_colleague(w->product, w->orgs[KESTREL], ROLE_EDITOR);
	w->admin = product_admin(w->product);
	w->stranger = product_member(w->product, NULL, ROLE_NONE);
	run(&kestrel, naming);
	run(&falcon, naming);
	fill(kestrel);
	fill(falcon);
	run(&public, alone);
	run(&kestrel, alone);
	run(&falcon, alone);
	run(&public, links);
	end_former(w);
	for (int t = 0; db_tables[t]; t++)
		twin_table(w, db_tables[t]);
	run(&magpie, twin_alone);
	magpie.round = ROOM_ROUND;
	run(&magpie, twin_room);
	magpie.round = QUIET_ROUND;
	run(&magpie, twin_quiet);
	magpie.round = PERSONAL_ROUND;
	run(&magpie, twin_personal);
	magpie.round = OPEN_ROUND;
	run(&magpie, twin_open);
	magpie.round = PAST_ROUND;
	run(&magpie, twin_open);
	/* Kestrel's are the next to be sent, each time. */
	(void)store_sql(
		w->store,
		str_fmt(w->a,
			"UPDATE mail SET next_ms = next_ms + 4000000000000 WHERE org_id <> %lld;",
			(long long)w->orgs[KESTREL])
			.data);
	kestrel.round = PAST_ROUND;
	run(&kestrel, promised);
	add_erasure(w, ORG_PUBLIC, KESTREL);
	/* Where none can be, and the later. */
	add_erasure(w, w->orgs[MAGPIE], MAGPIE);
	w->all_rows = rows_query(w);
	remember(w);
	site_look(w->product->site, compare, w);
	return w;
}

struct strs world_texts(struct world *w, const char *sql, enum world_org org)
{
	struct words words = { w, org, 0, 0, 0 };
	struct str text = store_rows(w->store, expand(&words, sql));
	struct strs texts = { arena_new(w->a, struct str, text.len + 1), 0 };

	while (text.data && text.len)
		texts.items[texts.n++] = str_cut(&text, '\n');
	return texts;
}

struct strs world_ids(struct world *w, const char *sql, enum world_org org)
{
	struct strs ids = world_texts(w, sql, org);

	for (size_t i = 0; i < ids.n; i++) {
		int64_t id;

		assert_int_equal(sscanf(str_c(w->a, ids.items[i]), "%" SCNd64, &id), 1);
		ids.items[i] = id_text(w->a, id);
	}
	return ids;
}

int world_setup(void **state)
{
	void *store;
	int r = store_setup(&store);

	if (r == 0)
		*state = world_make(store);
	return r;
}

int world_teardown(void **state)
{
	struct world *w = *state;
	void *store = w->store;

	return store_teardown(&store);
}
