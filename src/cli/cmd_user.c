/* jalon user: accounts from the command line, above all when nobody can sign in any more. */
#include <stdio.h>
#include <string.h>

#include "base/timing.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/open.h"
#include "cli/words.h"
#include "people/link.h"
#include "people/people.h"
#include "people/queries.h"

static const struct usage usage[] = {
	{ N_("user add EMAIL NAME [--admin] [SETTING…]"),
	  N_("make an account, print a link for its password") },
	{ N_("user list [--json] [SETTING…]"), N_("every account") },
	{ N_("user reset-password EMAIL [SETTING…]"),
	  N_("print a link for a new password (24 hours)") },
	{ N_("user disable|enable EMAIL [SETTING…]"), N_("close an account, open it again") },
	{ N_("user make-admin EMAIL [SETTING…]"), N_("make an account an administrator") },
	{ NULL, NULL },
};

/* What was asked, and the database to ask. */
struct request {
	struct words words; /* the action, then its arguments */
	bool is_json, is_admin;
	/* Set while it runs. */
	struct str email, name; /* of the words, as they are stored; empty: none was asked for */
	struct arena *arena;
	const struct config *config;
	struct db_pool *pool;
	int64_t account_id;
	int outcome; /* exit code */
};

/* `what` is an N_() text. */
static int fail(struct request *rq, int code, const char *what, struct str whose)
{
	say_error_at(whose, what, NULL);
	rq->outcome = code;
	return 0;
}

/* The account named on the command line into rq->account_id. */
static int find(struct request *rq, struct db *db, struct err *err)
{
	struct people_account_by_email_row row;
	int r = people_account_by_email(db, rq->arena, rq->email, &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return fail(rq, CLI_FAILED, N_("no account has this address"), rq->words.items[1]);
	rq->account_id = row.id;
	return 0;
}

static int note(struct request *rq, struct db *db, const char *action, struct err *err)
{
	db_scope(db, ORG_PUBLIC);
	return audit_add_as(db, time_now_ms(), S("jalon user"),
			    &(struct audit_entry){ .org_id = ORG_PUBLIC,
						   .action = action,
						   .object_kind = "account",
						   .object_id = rq->account_id },
			    err);
}

static int print_link(struct request *rq, struct err *err)
{
	const struct config *config = rq->config;
	struct str token;
	int r = reset_link_make(rq->pool, rq->arena, rq->account_id, &token, err);

	if (r != 0)
		return r;
	if (config->base_url.len)
		printf("%.*s/reset/%.*s\n", STR_ARG(config->base_url), STR_ARG(token));
	else
		printf("http://%.*s/reset/%.*s\n", STR_ARG(config->listen), STR_ARG(token));
	return 0;
}

/* ---- what runs in a write ---- */

static int add_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	const struct new_account account = {
		.email = rq->email,
		.name = rq->name,
		.language = LANG_FR,
		.time_zone = S("Europe/Paris"),
		.is_admin = rq->is_admin,
	};
	int r = account_add(db, &account, time_now_ms(), &rq->account_id, err);

	if (r == ACCOUNT_EXISTS)
		return fail(rq, CLI_FAILED, N_("this address has an account already"),
			    rq->words.items[1]);
	return r != 0 ? r : note(rq, db, N_("created an account"), err);
}

static int reset_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	int r = find(rq, db, err);

	if (r != 0 || rq->outcome != CLI_OK)
		return r;
	return note(rq, db, N_("created a link for a new password"), err);
}

static int disable_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	bool is_end = str_is(rq->words.items[0], "disable");
	int64_t changed, now = time_now_ms();
	int r = find(rq, db, err);

	if (r != 0 || rq->outcome != CLI_OK)
		return r;
	r = people_account_disable(db, rq->account_id, is_end, now, now, &changed, err);
	if (r == 0)
		r = people_session_end_others(db, rq->account_id, 0, err);
	return r != 0 ? r
		      : note(rq, db,
			     is_end ? N_("closed an account") : N_("opened an account again"), err);
}

static int admin_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	int64_t changed;
	int r = find(rq, db, err);

	if (r != 0 || rq->outcome != CLI_OK)
		return r;
	r = people_account_make_admin(db, rq->account_id, true, time_now_ms(), &changed, err);
	return r != 0 ? r : note(rq, db, N_("gave somebody the rights of an administrator"), err);
}

/* ---- the list ---- */

static void print_account(struct arena *a, const struct people_account_list_row *row, bool is_json)
{
	struct buf b = buf_make(a, 4096);
	enum language l = say_language();

	if (!is_json) {
		printf("%.*s\t%.*s\t%s\t%.*s\n", STR_ARG(row->email), STR_ARG(row->name),
		       row->is_admin ? "admin" : "-",
		       STR_ARG(row->has_disabled_ms ? trc(l, "account", "disabled")
			       : row->has_password  ? trc(l, "account", "active")
						    : trc(l, "account", "no password yet")));
		return;
	}
	buf_puts(&b, "{\"email\":");
	buf_quoted(&b, row->email);
	buf_puts(&b, ",\"name\":");
	buf_quoted(&b, row->name);
	buf_fmt(&b,
		",\"admin\":%s,\"disabled\":%s,\"password\":%s,\"second_factor\":%s,"
		"\"organisations\":%lld,\"created\":",
		row->is_admin ? "true" : "false", row->has_disabled_ms ? "true" : "false",
		row->has_password ? "true" : "false", row->has_factor ? "true" : "false",
		(long long)row->orgs);
	buf_quoted(&b, time_iso(a, row->created_ms));
	buf_putc(&b, '}');
	printf("%.*s", STR_ARG(buf_str(&b)));
}

static int list(struct request *rq, struct err *err)
{
	struct people_account_list_rows rows = { .n = 0 };
	struct db *db;
	int r = db_read_begin(rq->pool, &db, err);

	if (r != 0)
		return r;
	r = people_account_list(db, rq->arena, S("%"), &rows, err);
	db_read_end(rq->pool, db);
	if (r != 0)
		return r;
	if (rq->is_json)
		putchar('[');
	for (size_t i = 0; i < rows.n; i++) {
		if (rq->is_json && i)
			fputs(",\n ", stdout);
		print_account(rq->arena, &rows.items[i], rq->is_json);
	}
	if (rq->is_json)
		puts("]");
	return 0;
}

/* ---- the command ---- */

static const struct action {
	const char *name;
	size_t n_words;
	int (*work)(struct db *db, void *arg, struct err *err); /* in a write; NULL: the list */
	bool prints_link;
	enum open_how how;
} actions[] = {
	{ "add", 3, add_work, true, OPEN_OR_MAKE },
	{ "list", 1, NULL, false, OPEN_WHAT_IS_THERE },
	{ "reset-password", 2, reset_work, true, OPEN_WHAT_IS_THERE },
	{ "disable", 2, disable_work, false, OPEN_WHAT_IS_THERE },
	{ "enable", 2, disable_work, false, OPEN_WHAT_IS_THERE },
	{ "make-admin", 2, admin_work, false, OPEN_WHAT_IS_THERE },
};

static const struct action *action_of(const struct words *w)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (words_are(w, actions[i].name, actions[i].n_words))
			return &actions[i];
	return NULL;
}

static int act(struct db_pool *pool, void *arg)
{
	struct request *rq = arg;
	const struct action *action = action_of(&rq->words);
	struct err err;
	int r;

	rq->pool = pool;
	r = action->work ? db_write(pool, action->work, rq, &err) : list(rq, &err);
	if (r == 0 && rq->outcome == CLI_OK && action->prints_link)
		r = print_link(rq, &err);
	return r < 0 ? say_data_fault(&err) : rq->outcome;
}

/* Reads the words before a database is opened, or made. Returns an exit code. */
static int read_words(struct request *rq)
{
	const struct words *w = &rq->words;

	if (w->n > 2)
		rq->name = utf8_line(rq->arena, w->items[2]);
	if (w->n > 1 && email_normalise(rq->arena, w->items[1], &rq->email) != 0)
		(void)fail(rq, CLI_USAGE, N_("this is not an e-mail address"), w->items[1]);
	else if (w->n > 2 && rq->name.len == 0)
		(void)fail(rq, CLI_USAGE, N_("the name is empty"), w->items[1]);
	return rq->outcome;
}

static int run(struct arena *a, struct config *config, void *arg)
{
	struct request *rq = arg;
	const struct action *action = action_of(&rq->words);
	int r;

	if (!action)
		return words_refuse(rq->words.items[0], usage);
	rq->arena = a;
	rq->config = config;
	r = read_words(rq);
	if (r != CLI_OK)
		return r;
	return with_pool(a, config, action->how, act, rq);
}

int cmd_user(int argc, char **argv)
{
	struct request request = { .outcome = CLI_OK };
	const struct words_flag flags[] = {
		{ "--json", &request.is_json },
		{ "--admin", &request.is_admin },
		{ NULL, NULL },
	};
	int r = words_take(&request.words, flags, &argc, argv);

	return r == CLI_OK ? config_run(argc, argv, usage, run, &request) : r;
}
