/*
 * The multi-rater engine on both engines of the database: counts stay exact whatever happens in whatever
 * order, an anonymous sheet leads to nobody, and a round does only what its state allows.
 */
#include "store/store.h"

#include "base/buf.h"
#include "base/token.h"
#include "rounds/queries.h"
#include "rounds/tally.h"

enum { ORG = 5, ROUND_ID = 100, SALES = 31, LOGISTICS = 32, PEOPLE = 6, ITEMS = 3, VALUES = 3 };
enum { DAY_MS = 86400000, KEPT_MS = 10 * DAY_MS };
static const int64_t now = (int64_t)20000 * DAY_MS + 45296789; /* half past twelve of some day */

static const char *const items[ITEMS] = { "lineage", "etl", "bi-success" };
static const char *const values[VALUES] = { "no", "some", "yes" };

/* ---- one step at a time, each a write of its own ---- */

enum act { ACT_NONE, ACT_BEGIN, ACT_SAVE, ACT_SEND, ACT_WITHDRAW, ACT_CAST, ACT_ERASE, ACT_FORGET };

struct doing {
	struct store *s;
	struct round round;
	enum act act;
	int64_t participant, department, at;
	int vote;
	struct ballot_item items[ITEMS];
	struct ballot_answer answer;
};

static int act_on(struct db *db, struct doing *p, struct participant *who, struct err *err)
{
	struct arena *a = &p->s->arena;

	switch (p->act) {
	case ACT_NONE:
		return 0;
	case ACT_BEGIN:
		return ballot_begin(db, &p->round, who, LANG_EN, p->department, p->at,
				    &who->sheet_id, err);
	case ACT_SAVE:
		p->answer.org_id = ORG;
		p->answer.sheet_id = who->sheet_id;
		return ballot_save(db, &p->answer, p->at, err);
	case ACT_SEND:
		return ballot_send(db, a, &p->round, who->sheet_id, p->items, ITEMS, p->at, err);
	case ACT_WITHDRAW:
		return ballot_withdraw(db, a, &p->round, who->sheet_id, err);
	case ACT_CAST:
		return ballot_cast(db, a, &p->round, who->sheet_id, p->vote, &p->items[0], p->at,
				   err);
	case ACT_ERASE:
		return ballot_erase(db, a, &p->round, who->sheet_id, err);
	case ACT_FORGET:
		return ballot_forget(db, a, &p->round, who->sheet_id, err);
	}
	return 0;
}

static int step_work(struct db *db, void *arg, struct err *err)
{
	struct doing *p = arg;
	struct participant who;
	int r;

	db_scope(db, ORG);
	r = round_load(db, &p->s->arena, ORG, ROUND_ID, p->at, &p->round, err);
	if (r == 0)
		r = participant_load(db, &p->s->arena, ORG, p->participant, &who, err);
	return r == 0 ? act_on(db, p, &who, err) : r;
}

/* What the step came to; a fault fails the test. */
static int take(struct doing *p, enum act act, int64_t participant)
{
	struct err err = { .code = 0 };
	int r;

	p->act = act;
	p->participant = participant;
	r = db_write(p->s->pool, step_work, p, &err);
	if (r < 0)
		fail_msg("fault %d: %s", r, err.text);
	return r;
}

/* ---- a round with six people in two departments ---- */

static int make_work(struct db *db, void *arg, struct err *err)
{
	const struct rounds_round_add_params *p = arg;
	int r;

	db_scope(db, ORG);
	r = rounds_round_add(db, p, err);
	if (r == 0) {
		int64_t changed;

		r = rounds_round_open(
			db,
			&(struct rounds_round_open_params){
				.org_id = ORG, .id = ROUND_ID, .version = 1, .now_ms = now },
			&changed, err);
	}
	for (int64_t i = 1; r == 0 && i <= PEOPLE; i++) {
		char token[2] = { 'p', (char)('0' + i) };

		r = rounds_participant_add(db,
					   &(struct rounds_participant_add_params){
						   .org_id = ORG,
						   .id = 1000 + i,
						   .round_id = ROUND_ID,
						   .kind = S("personal"),
						   .token_hash = str_make(token, sizeof token),
						   .has_name = true,
						   .name = S("Somebody"),
						   .state = S("invited"),
						   .now_ms = now - 5000,
					   },
					   err);
	}
	return r;
}

static struct doing round_of(struct store *s, const char *mode)
{
	struct rounds_round_add_params p = {
		.org_id = ORG,
		.id = ROUND_ID,
		.kind = S("scorecard"),
		.token_hash = S("public"),
		.title = S("Spring"),
		.pack = S("p"),
		.pack_version = 1,
		.mode = str_from(mode),
		.access = S("both"),
		.threshold = 5,
		.language = S("fr"),
		.controller = S("c"),
		.contact = S("c"),
		.purpose = S("p"),
		.retention = S("r"),
		.now_ms = now - 10000,
		.has_keep_until_ms = true,
		.keep_until_ms = now + KEPT_MS,
	};
	struct err err;

	(void)store_sql(s, "INSERT INTO org (id, name, created_ms) VALUES (5, 'Maison Belloy', 1)");
	(void)store_sql(
		s, "INSERT INTO department (org_id, id, name, name_key, position) "
		   "VALUES (5, 31, 'Sales', 'sales', 0), (5, 32, 'Logistics', 'logistics', 1)");
	assert_ok(db_write(s->pool, make_work, &p, &err), &err);
	return (struct doing){ .s = s, .at = now };
}

static struct tally_check recount(struct store *s)
{
	struct tally_check check;
	struct err err;
	struct db *db;

	assert_ok(db_read_begin(s->pool, &db, &err), &err);
	assert_ok(tally_recount(db, &s->arena, &check, &err), &err);
	db_read_end(s->pool, db);
	return check;
}

/* A whole sheet of the same value. */
static void all_items(struct doing *p, enum tally_kind kind, const char *value)
{
	for (int i = 0; i < ITEMS; i++)
		p->items[i] = (struct ballot_item){ str_from(items[i]), kind, str_from(value) };
}

static void save(struct doing *p, int64_t who, int item, const char *value, const char *comment)
{
	p->answer = (struct ballot_answer){ .item = str_from(items[item]),
					    .value = str_from(value),
					    .comment = str_from(comment) };
	assert_int_equal(take(p, ACT_SAVE, who), 0);
}

/* ---- counts ---- */

/* The test's own idea of what is counted: per person, per vote, per item; -1 when nothing is. */
struct model {
	bool begun[PEOPLE], sent[PEOPLE];
	int counted[PEOPLE][2][ITEMS]; /* kind * 10 + value */
};

static int random_below(unsigned *seed, int n)
{
	*seed = *seed * 1103515245 + 12345;
	return (int)((*seed >> 16) % (unsigned)n);
}

static struct ballot_item random_item(unsigned *seed, int item, int *ret_code)
{
	int kind = random_below(seed, 4), value = random_below(seed, VALUES);

	*ret_code = kind * 10 + (kind == TALLY_VALUE ? value : 0);
	return (struct ballot_item){ str_from(items[item]), (enum tally_kind)kind,
				     str_from(values[value]) };
}

static void random_step(struct doing *p, struct model *m, unsigned *seed)
{
	int who = random_below(seed, PEOPLE), code, item = random_below(seed, ITEMS);
	int codes[ITEMS];
	int64_t id = 1001 + who;
	bool is_empty = true, forgets;

	switch (random_below(seed, 5)) {
	case 0:
		p->department = who % 3 == 0 ? 0 : who % 3 == 1 ? SALES : LOGISTICS;
		assert_int_equal(take(p, ACT_BEGIN, id), m->sent[who] ? ROUND_ALREADY : 0);
		m->begun[who] = true;
		return;
	case 1:
		if (!m->begun[who] || m->sent[who])
			return;
		save(p, id, item, values[random_below(seed, VALUES)], "because");
		return;
	case 2:
		if (!m->begun[who])
			return;
		for (int i = 0; i < ITEMS; i++) {
			p->items[i] = random_item(seed, i, &codes[i]);
			is_empty &= codes[i] < 10 * TALLY_UNKNOWN;
		}
		assert_int_equal(take(p, ACT_SEND, id), m->sent[who] ? ROUND_ALREADY
							: is_empty   ? ROUND_EMPTY
								     : 0);
		for (int i = 0; !m->sent[who] && !is_empty && i < ITEMS; i++)
			m->counted[who][0][i] = codes[i];
		m->sent[who] |= !is_empty;
		return;
	case 3:
		if (!m->begun[who])
			return;
		forgets = random_below(seed, 3) == 0;
		assert_int_equal(take(p, forgets ? ACT_FORGET : ACT_WITHDRAW, id),
				 m->sent[who] ? 0 : ROUND_ALREADY);
		if (m->sent[who])
			for (int i = 0; i < 2 * ITEMS; i++)
				m->counted[who][i / ITEMS][i % ITEMS] = -1;
		m->begun[who] = !(forgets && m->sent[who]);
		m->sent[who] = false;
		return;
	default:
		if (!m->sent[who])
			return;
		p->vote = 1 + random_below(seed, 2);
		p->items[0] = random_item(seed, item, &code);
		assert_int_equal(take(p, ACT_CAST, id), 0);
		m->counted[who][p->vote - 1][item] = code;
	}
}

/* How many the model says gave that answer, of everybody. */
static int modelled(const struct model *m, int vote, int item, int code)
{
	int n = 0;

	for (int who = 0; who < PEOPLE; who++)
		n += m->counted[who][vote - 1][item] == code;
	return n;
}

static void assert_modelled(struct store *s, const struct model *m)
{
	for (int vote = 1; vote <= 2; vote++)
		for (int item = 0; item < ITEMS; item++)
			for (int code = 0; code < 10 * TALLY_VALUE + VALUES; code++) {
				int kind = code / 10, value = code % 10;

				if (value >= (kind == TALLY_VALUE ? VALUES : 1))
					continue;
				assert_int_equal(
					store_sql(
						s,
						str_fmt(&s->arena,
							"SELECT coalesce(sum(n), 0) FROM tally WHERE vote = %d "
							"AND item = '%s' AND kind = %d AND value = '%s'",
							vote, items[item], kind,
							kind == TALLY_VALUE ? values[value] : "")
							.data),
					modelled(m, vote, item, code));
			}
}

static void counts_are_exact_whatever_happens(void **state)
{
	enum { STEPS = 300, EVERY = 100 };
	struct doing p = round_of(*state, "nominative");
	struct model m = { .begun = { false } };
	unsigned seed = 20261126;

	for (int i = 0; i < PEOPLE * 2 * ITEMS; i++)
		m.counted[i / (2 * ITEMS)][i / ITEMS % 2][i % ITEMS] = -1;
	for (int i = 1; i <= STEPS; i++) {
		random_step(&p, &m, &seed);
		if (i % EVERY != 0)
			continue;
		assert_modelled(p.s, &m);
		assert_int_equal(recount(p.s).n_faults, 0);
	}
	assert_true(store_sql(p.s, "SELECT count(*) FROM tally WHERE n > 0") > 10);
}

/* Of all that can be done with an item, "I do not know" is an answer, and blanks are none. */
static void what_answers_nothing_is_not_sent(void **state)
{
	static const enum tally_kind nothing[] = { TALLY_UNANSWERED, TALLY_NOT_ASKED };
	struct doing p = round_of(*state, "anonymous");

	assert_int_equal(take(&p, ACT_BEGIN, 1001), 0);
	save(&p, 1001, 0, "", "Only said");
	for (size_t i = 0; i < 2; i++) {
		all_items(&p, nothing[i], "");
		assert_int_equal(take(&p, ACT_SEND, 1001), ROUND_EMPTY);
	}
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM tally"), 0);
	assert_str(store_rows(p.s, "SELECT state FROM participant WHERE id = 1001"), "begun\n");
	assert_str(store_rows(p.s, "SELECT comment FROM answer"), "Only said\n");
	p.items[1].kind = TALLY_UNKNOWN;
	assert_int_equal(take(&p, ACT_SEND, 1001), 0);
}

static void a_wrong_count_is_found(void **state)
{
	struct doing p = round_of(*state, "nominative");
	struct tally_check check;

	p.department = SALES;
	all_items(&p, TALLY_VALUE, "yes");
	assert_int_equal(take(&p, ACT_BEGIN, 1001), 0);
	for (int i = 0; i < ITEMS; i++)
		save(&p, 1001, i, "yes", "");
	assert_int_equal(take(&p, ACT_SEND, 1001), 0);
	check = recount(p.s);
	assert_int_equal(check.n_faults, 0);
	assert_int_equal(check.n_rounds, 1);
	assert_int_equal(check.n_sheets, 1);
	(void)store_sql(p.s, "UPDATE tally SET n = n + 2 WHERE item = 'etl'");
	(void)store_sql(p.s, "DELETE FROM tally WHERE item = ''");
	check = recount(p.s);
	assert_int_equal(check.n_faults, 2);
	for (size_t i = 0; i < check.n_faults; i++)
		assert_int_equal(check.faults[i].off, check.faults[i].item.len ? 2 : -1);
}

/* A scorecard of what the tests rate. */
static struct scorecard card(void)
{
	static struct option options[VALUES] = { { STR("no"), 0 },
						 { STR("some"), 1 },
						 { STR("yes"), 2 } };
	static struct question questions[2] = {
		{ .id = STR("lineage"), .options = options, .n_options = VALUES, .max = 2 },
		{ .id = STR("etl"), .options = options, .n_options = VALUES, .max = 2 },
	};

	return (struct scorecard){ .questions = questions, .n_questions = 2 };
}

static void counts_are_read_by_department(void **state)
{
	struct doing p = round_of(*state, "nominative");
	struct scorecard sc = card();
	struct round_tallies t;
	struct err err;
	struct db *db;

	for (int64_t i = 1; i <= 4; i++) {
		p.department = i == 1 ? 0 : SALES;
		all_items(&p, TALLY_VALUE, i % 2 ? "yes" : "no");
		p.items[1].kind = TALLY_NOT_ASKED;
		assert_int_equal(take(&p, ACT_BEGIN, 1000 + i), 0);
		for (int k = 0; k < ITEMS; k++)
			save(&p, 1000 + i, k, i % 2 ? "yes" : "no", "");
		assert_int_equal(take(&p, ACT_SEND, 1000 + i), 0);
	}
	assert_ok(db_read_begin(p.s->pool, &db, &err), &err);
	db_scope(db, ORG);
	assert_ok(tally_read(db, &p.s->arena, &p.round, VOTE_FIRST, &sc, &t, &err), &err);
	assert_int_equal(t.whole.respondents, 4);
	assert_int_equal(t.whole.questions[0].values[0], 2);
	assert_int_equal(t.whole.questions[0].values[2], 2);
	assert_int_equal(t.whole.questions[1].not_asked, 4);
	assert_int_equal(t.ignored, 4); /* the third item is of no question */
	assert_int_equal(t.n, 2);
	assert_int_equal(t.departments[0].id, 0);
	assert_int_equal(t.departments[0].tallies.respondents, 1);
	assert_int_equal(t.departments[1].id, SALES);
	assert_str(t.departments[1].name, "Sales");
	assert_int_equal(t.departments[1].tallies.questions[0].values[0], 2);
	db_scope(db, ORG);
	assert_ok(tally_read(db, &p.s->arena, &p.round, VOTE_SECOND, &sc, &t, &err), &err);
	assert_int_equal(t.whole.respondents + t.n, 0);
	db_read_end(p.s->pool, db);
	assert_int_equal(recount(p.s).n_faults, 0);
}

/* A round of six people in two departments: all answer the first item; of each department one answers the second, with
 * `value`, and the others leave it blank. */
static struct doing few_of(struct store *s, const char *mode, const char *value)
{
	struct doing p = round_of(s, mode);

	for (int64_t i = 1; i <= PEOPLE; i++) {
		p.department = i % 2 ? SALES : LOGISTICS;
		all_items(&p, TALLY_VALUE, "some");
		p.items[1].kind = i <= 2 ? TALLY_VALUE : TALLY_UNANSWERED;
		p.items[1].value = str_from(value);
		assert_int_equal(take(&p, ACT_BEGIN, 1000 + i), 0);
		assert_int_equal(take(&p, ACT_SEND, 1000 + i), 0);
	}
	return p;
}

/* The first votes of all questions, and of the second alone. */
static void read_counts(const struct doing *p, const struct round *round, struct round_tallies *ret,
			struct tally *ret_one)
{
	struct scorecard sc = card();
	struct err err;
	struct db *db;

	assert_ok(db_read_begin(p->s->pool, &db, &err), &err);
	db_scope(db, ORG);
	assert_ok(tally_read(db, &p->s->arena, round, VOTE_FIRST, &sc, ret, &err), &err);
	assert_ok(tally_one(db, &p->s->arena, round, VOTE_FIRST, &sc, 1, ret_one, &err), &err);
	db_read_end(p->s->pool, db);
}

/* What few answered of an anonymous round is blank wherever counts are read, also by who does not know the mode. */
static void few_answers_are_read_as_blanks(void **state)
{
	struct doing p = few_of(*state, "anonymous", "yes");
	struct round ids = { .org_id = ORG, .id = ROUND_ID };
	struct round_tallies t;
	struct tally one;

	read_counts(&p, &ids, &t, &one);
	assert_int_equal(t.whole.respondents, PEOPLE);
	assert_int_equal(t.whole.questions[0].values[1], PEOPLE);
	assert_int_equal(tally_given(&t.whole.questions[1]), 0);
	assert_int_equal(t.whole.questions[1].unanswered, PEOPLE);
	assert_int_equal(t.n, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(tally_given(&t.departments[i].tallies.questions[1]), 0);
		assert_int_equal(t.departments[i].tallies.questions[1].unanswered, PEOPLE / 2);
		assert_int_equal(t.departments[i].tallies.questions[0].values[1], PEOPLE / 2);
	}
	assert_int_equal(tally_given(&one), 0);
	assert_int_equal(one.unanswered, PEOPLE);
	/* What is stored stays. */
	assert_int_equal(
		store_sql(p.s, "SELECT sum(n) FROM tally WHERE item = 'etl' AND value = 'yes'"), 2);
}

static void few_answers_of_a_named_round_are_read(void **state)
{
	struct doing p = few_of(*state, "nominative", "yes");
	struct round_tallies t;
	struct tally one;

	read_counts(&p, &p.round, &t, &one);
	assert_int_equal(t.whole.questions[1].values[2], 2);
	assert_int_equal(t.whole.questions[1].unanswered, PEOPLE - 2);
	assert_int_equal(t.departments[0].tallies.questions[1].values[2], 1);
	assert_int_equal(one.values[2], 2);
}

/* Nor is it told how many of the few gave an answer that the pack no longer has. */
static void few_outdated_answers_are_not_counted(void **state)
{
	struct doing p = few_of(*state, "anonymous", "gone");
	struct round_tallies t;
	struct tally one;

	read_counts(&p, &p.round, &t, &one);
	assert_int_equal(tally_given(&one), 0);
	assert_int_equal(t.ignored, PEOPLE); /* the third item's, which is of no question */
	assert_int_equal(tally_given(&t.whole.questions[1]), 0);
}

static void a_second_vote_keeps_the_first(void **state)
{
	struct doing p = round_of(*state, "nominative");

	all_items(&p, TALLY_VALUE, "no");
	assert_int_equal(take(&p, ACT_BEGIN, 1001), 0);
	for (int i = 0; i < ITEMS; i++)
		save(&p, 1001, i, "no", "as ever");
	assert_int_equal(take(&p, ACT_SEND, 1001), 0);
	p.vote = VOTE_SECOND;
	p.items[0].value = S("yes");
	assert_int_equal(take(&p, ACT_CAST, 1001), 0);
	assert_int_equal(take(&p, ACT_CAST, 1001), 0); /* the same again */
	assert_str(store_rows(p.s, "SELECT vote, value, comment FROM answer "
				   "WHERE question = 'lineage' ORDER BY vote"),
		   "1|no|as ever\n2|yes|\n");
	assert_str(store_rows(p.s, "SELECT vote, item, value, n FROM tally WHERE item IN ('', "
				   "'lineage') ORDER BY vote, item"),
		   "1|||1\n1|lineage|no|1\n2|||1\n2|lineage|yes|1\n");
	assert_int_equal(recount(p.s).n_faults, 0);
	assert_int_equal(take(&p, ACT_WITHDRAW, 1001), 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM tally"), 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM answer WHERE vote = 2"), 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM answer"), ITEMS);
	assert_int_equal(take(&p, ACT_ERASE, 1001), 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM answer"), 0);
	assert_str(store_rows(p.s, "SELECT state FROM participant WHERE id = 1001"), "invited\n");
}

/* ---- anonymous ---- */

static const char *const columns_sql[2] = {
	"SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
	"WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name",
	"SELECT table_name, column_name FROM information_schema.columns "
	"WHERE table_schema = 'public' ORDER BY table_name, column_name",
};

/* "table.column\n" of every column of every table, but `except`, that holds `value` (an expression). */
static struct str columns_with(struct store *s, const char *value, const char *except)
{
	enum { QUERY_MAX = 64 * 1024 };
	struct str rest = store_rows(s, columns_sql[s->is_postgres]);
	struct buf query = buf_make(&s->arena, QUERY_MAX);

	while (rest.len) {
		struct str line = str_cut(&rest, '\n');
		struct str table = str_cut(&line, '|');

		if (str_is(table, except))
			continue;
		buf_fmt(&query, "%sSELECT '%.*s.%.*s' WHERE EXISTS (SELECT 1 FROM %.*s WHERE ",
			query.len ? " UNION ALL " : "", STR_ARG(table), STR_ARG(line),
			STR_ARG(table));
		if (s->is_postgres)
			buf_fmt(&query, "CAST(%.*s AS TEXT) = CAST(%s AS TEXT))", STR_ARG(line),
				value);
		else
			buf_fmt(&query, "hex(%.*s) = hex(%s))", STR_ARG(line), value);
	}
	return store_rows(s, query.data);
}

static void an_anonymous_sheet_leads_to_nobody(void **state)
{
	struct doing p = round_of(*state, "anonymous");
	struct store *s = p.s;
	struct str rows, draft_id;

	p.department = SALES;
	all_items(&p, TALLY_VALUE, "yes");
	assert_int_equal(take(&p, ACT_BEGIN, 1002), 0);
	for (int i = 0; i < ITEMS; i++)
		save(&p, 1002, i, "yes", "a remark");
	/* The draft is linked, so that it can be resumed. */
	assert_str(columns_with(s, "(SELECT participant_id FROM sheet)", "participant"),
		   "sheet.participant_id\n");
	rows = store_rows(s, "SELECT id FROM sheet");
	draft_id = str_cut(&rows, '\n');
	assert_int_equal(take(&p, ACT_SEND, 1002), 0);

	/* What was sent: no column of any table holds its id or its token but its own answers. */
	assert_int_equal(store_sql(s, "SELECT count(*) FROM sheet"), 1);
	assert_str(columns_with(s, "(SELECT id FROM sheet)", "sheet"), "answer.sheet_id\n");
	assert_str(columns_with(s, "(SELECT token_hash FROM sheet)", "sheet"), "");
	/* Of the participant: none of the id, token and time but in its own row; the draft's id nowhere. */
	assert_str(columns_with(s, "(SELECT token_hash FROM participant WHERE id = 1002)",
				"participant"),
		   "");
	assert_str(columns_with(s, "1002", "participant"), "");
	assert_str(columns_with(s, str_c(&s->arena, draft_id), ""), "");
	assert_str(columns_with(s, str_fmt(&s->arena, "%lld", (long long)now).data, "round"), "");
	assert_int_equal(store_sql(s, "SELECT count(*) FROM sheet WHERE participant_id IS NULL "
				      "AND created_ms % 86400000 = 0 AND updated_ms % 86400000 = 0 "
				      "AND sent_ms % 86400000 = 0 AND finished_ms IS NULL "
				      "AND language = 'fr'"),
			 1);
	assert_int_equal(
		store_sql(s, "SELECT count(*) FROM answer WHERE updated_ms % 86400000 <> 0"), 0);
	assert_int_equal(
		store_sql(s, "SELECT answered_day % 86400000 FROM participant WHERE id = 1002"), 0);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM answer WHERE comment = 'a remark'"),
			 ITEMS);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM audit"), 0);
	assert_int_equal(recount(s).n_faults, 0);
	assert_int_equal(take(&p, ACT_BEGIN, 1002), ROUND_ALREADY);
	assert_int_equal(take(&p, ACT_WITHDRAW, 1002), ROUND_REFUSED);
	if (!s->is_postgres) /* nor is there a row number that tells the order of sending */
		assert_int_equal(
			store_sql(s, "SELECT wr FROM pragma_table_list WHERE name = 'sheet'"), 1);
}

/* On a day when one person answers, the day is as good as a name. */
static void no_day_leads_from_a_sheet_to_a_person(void **state)
{
	struct doing p = round_of(*state, "anonymous");

	all_items(&p, TALLY_VALUE, "yes");
	for (int64_t i = 1; i <= 3; i++) {
		p.at = now + i * DAY_MS;
		assert_int_equal(take(&p, ACT_BEGIN, 1000 + i), 0);
		assert_int_equal(take(&p, ACT_SEND, 1000 + i), 0);
	}
	assert_int_equal(store_sql(p.s, "SELECT count(DISTINCT answered_day) FROM participant"), 3);
	assert_int_equal(store_sql(p.s,
				   "SELECT count(*) FROM sheet s JOIN participant p ON "
				   "p.answered_day IN (s.created_ms, s.updated_ms, s.sent_ms)"),
			 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM answer a JOIN participant p ON "
					"p.answered_day = a.updated_ms"),
			 0);
	assert_int_equal(store_sql(p.s, str_fmt(&p.s->arena,
						"SELECT count(*) FROM sheet WHERE sent_ms = %lld",
						(long long)(now - now % DAY_MS))
						.data),
			 3);
}

/* Whether the database's files hold a number as SQLite writes it down. */
static bool files_hold(struct store *s, int64_t number)
{
	enum { FILE_MAX = 4 << 20 };
	static const char *const ends[] = { "", "-wal" };
	char bytes[8], *text = arena_new(&s->arena, char, FILE_MAX);
	bool found = false;

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)((uint64_t)number >> (56 - 8 * i));
	for (size_t i = 0; i < 2; i++) {
		FILE *file = fopen(str_fmt(&s->arena, "%s%s", s->path, ends[i]).data, "r");
		size_t n = file ? fread(text, 1, FILE_MAX, file) : 0;

		assert_true(file || i > 0);
		assert_in_range(n, 0, FILE_MAX - 1);
		found = found || memmem(text, n, bytes, sizeof bytes);
		if (file)
			(void)fclose(file);
	}
	return found;
}

/* Whoever gets hold of the file reads nothing of what was deleted from it. */
static void a_draft_is_not_left_in_the_file(void **state)
{
	struct doing p = round_of(*state, "anonymous");
	int64_t draft;

	if (p.s->is_postgres)
		return;
	p.at = now + (int64_t)1000 * DAY_MS; /* ids take all of eight bytes by then */
	all_items(&p, TALLY_VALUE, "yes");
	assert_int_equal(take(&p, ACT_BEGIN, 1002), 0);
	for (int i = 0; i < ITEMS; i++)
		save(&p, 1002, i, "yes", "a remark");
	draft = store_sql(p.s, "SELECT id FROM sheet");
	store_close(p.s); /* with the last connection, the log goes into the file */
	assert_true(files_hold(p.s, draft));
	store_open(p.s);
	assert_int_equal(take(&p, ACT_SEND, 1002), 0);
	store_close(p.s);
	assert_false(files_hold(p.s, draft));
	store_open(p.s);
}

static void anonymous_ids_do_not_sort_by_time(void **state)
{
	struct doing p = round_of(*state, "anonymous");

	all_items(&p, TALLY_UNKNOWN, "");
	for (int64_t i = 1; i <= PEOPLE; i++) {
		assert_int_equal(take(&p, ACT_BEGIN, 1000 + i), 0);
		assert_int_equal(take(&p, ACT_SEND, 1000 + i), 0);
	}
	/* Six ids made by the clock at the same instant would differ in their low bits only. */
	assert_true(store_sql(p.s, "SELECT max(id) - min(id) FROM sheet") > (int64_t)1 << 50);
}

/* ---- states ---- */

static struct round loaded(struct store *s, int64_t at)
{
	struct round round;
	struct err err;
	struct db *db;

	assert_ok(db_read_begin(s->pool, &db, &err), &err);
	db_scope(db, ORG);
	assert_ok(round_load(db, &s->arena, ORG, ROUND_ID, at, &round, &err), &err);
	db_read_end(s->pool, db);
	return round;
}

static void dates_open_and_close_by_themselves(void **state)
{
	struct doing p = round_of(*state, "nominative");

	(void)store_sql(p.s, "UPDATE round SET opens_ms = 1000, closes_ms = 2000");
	assert_int_equal(loaded(p.s, 999).state, ROUND_WAITING);
	assert_int_equal(loaded(p.s, 1000).state, ROUND_OPEN);
	assert_int_equal(loaded(p.s, 1999).state, ROUND_OPEN);
	assert_int_equal(loaded(p.s, 2000).state, ROUND_CLOSED);
	assert_int_equal(loaded(p.s, 2000).closed_ms, 2000);
	p.at = 999;
	assert_int_equal(take(&p, ACT_BEGIN, 1001), ROUND_REFUSED);
	p.at = 1500;
	assert_int_equal(take(&p, ACT_BEGIN, 1001), 0);
	all_items(&p, TALLY_UNANSWERED, "");
	p.at = 2000;
	assert_int_equal(take(&p, ACT_SEND, 1001), ROUND_REFUSED);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM tally"), 0);
	assert_int_equal(store_sql(p.s, "SELECT count(*) FROM sheet WHERE sent_ms IS NULL"), 1);
}

struct turn {
	struct store *s;
	struct round round;
	enum round_event event;
	const struct round_terms *terms; /* an edit instead */
};

static int turn_work(struct db *db, void *arg, struct err *err)
{
	const struct turn *t = arg;

	db_scope(db, ORG);
	return t->terms ? round_edit(db, &t->round, t->terms, now, err)
			: round_turn(db, &t->s->arena, &t->round, t->event, now, err);
}

static int turn(struct turn *t)
{
	struct err err = { .code = 0 };
	int r = db_write(t->s->pool, turn_work, t, &err);

	assert_in_range((uint64_t)(r + 100), 100, 1000);
	return r;
}

static void only_the_listed_transitions_happen(void **state)
{
	static const bool allowed[2][ROUND_STATES][3] = {
		[ROUND_NOMINATIVE] = {
			[ROUND_DRAFT] = { [ROUND_OPENS] = true },
			[ROUND_WAITING] = { [ROUND_CLOSES] = true },
			[ROUND_OPEN] = { [ROUND_CLOSES] = true },
			[ROUND_CLOSED] = { [ROUND_REOPENS] = true },
		},
		[ROUND_ANONYMOUS] = {
			[ROUND_DRAFT] = { [ROUND_OPENS] = true },
			[ROUND_WAITING] = { [ROUND_CLOSES] = true },
			[ROUND_OPEN] = { [ROUND_CLOSES] = true },
		},
	};
	struct doing p = round_of(*state, "nominative");
	struct turn t = { .s = p.s, .round = loaded(p.s, now) };

	for (int mode = 0; mode < 2; mode++)
		for (int from = 0; from < ROUND_STATES; from++)
			for (int event = 0; event < 3; event++) {
				t.round.state = (enum round_state)from;
				t.round.terms.mode = (enum round_mode)mode;
				t.event = (enum round_event)event;
				assert_int_equal(round_may(&t.round, t.event),
						 allowed[mode][from][event]);
				if (!allowed[mode][from][event])
					assert_int_equal(turn(&t), ROUND_REFUSED);
			}
	t.round = loaded(p.s, now);
	t.event = ROUND_CLOSES;
	assert_int_equal(turn(&t), 0);
	assert_int_equal(turn(&t), ROUND_STALE); /* a second tab */
	t.round = loaded(p.s, now);
	assert_int_equal(t.round.state, ROUND_CLOSED);
	t.event = ROUND_REOPENS;
	assert_int_equal(turn(&t), 0);
	assert_int_equal(loaded(p.s, now).state, ROUND_OPEN);
}

static void opening_freezes_what_was_promised(void **state)
{
	struct doing p = round_of(*state, "anonymous");
	struct turn t = { .s = p.s, .round = loaded(p.s, now) };
	struct round_terms terms = t.round.terms;

	t.terms = &terms;
	terms.mode = ROUND_NOMINATIVE;
	assert_int_equal(turn(&t), ROUND_REFUSED);
	terms = t.round.terms;
	terms.threshold = 4;
	assert_int_equal(turn(&t), ROUND_REFUSED);
	terms.threshold = 6;
	terms.title = S("Autumn");
	assert_int_equal(turn(&t), 0);
	assert_int_equal(turn(&t), ROUND_STALE);
	assert_str(loaded(p.s, now).terms.title, "Autumn");
	terms.purpose = S("something else");
	t.round = loaded(p.s, now);
	assert_int_equal(turn(&t), ROUND_REFUSED);
	assert_int_equal(round_lacks(&t.round.terms, now), 0);
	terms.keep_until_ms++;
	assert_int_equal(turn(&t), ROUND_REFUSED);
	terms = t.round.terms;
	terms.keep_until_ms = now;
	assert_int_equal(round_lacks(&terms, now), LACK_KEEP);
	terms.keep_until_ms = now + DAY_MS;
	terms.has_closes = true;
	terms.closes_ms = now + DAY_MS;
	assert_int_equal(round_lacks(&terms, now), LACK_KEEP);
	terms.has_keep_until = false;
	assert_int_equal(round_lacks(&terms, now), LACK_KEEP);
	terms = t.round.terms;
	terms.retention = S("");
	terms.has_closes = true;
	terms.closes_ms = now;
	assert_int_equal(round_lacks(&terms, now), LACK_RETENTION | LACK_DATES);
}

TEST_MAIN(store_test(counts_are_exact_whatever_happens), store_test(a_wrong_count_is_found),
	  store_test(what_answers_nothing_is_not_sent), store_test(counts_are_read_by_department),
	  store_test(few_answers_are_read_as_blanks),
	  store_test(few_answers_of_a_named_round_are_read),
	  store_test(few_outdated_answers_are_not_counted),
	  store_test(a_second_vote_keeps_the_first), store_test(an_anonymous_sheet_leads_to_nobody),
	  store_test(no_day_leads_from_a_sheet_to_a_person),
	  store_test(a_draft_is_not_left_in_the_file),
	  store_test(anonymous_ids_do_not_sort_by_time),
	  store_test(dates_open_and_close_by_themselves),
	  store_test(only_the_listed_transitions_happen),
	  store_test(opening_freezes_what_was_promised))
