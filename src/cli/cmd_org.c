/* jalon org: organisations whole, for whoever runs the installation: list, export, import, erase. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"
#include "base/token.h"
#include "cli/cli.h"
#include "cli/file.h"
#include "cli/open.h"
#include "cli/words.h"
#include "people/people.h"
#include "phases/site/site.h"
#include "transfer/certificate.h"
#include "transfer/queries.h"

static const struct usage usage[] = {
	{ N_("org list [--json]"), N_("every organisation, with its id") },
	{ N_("org export ID FILE"), N_("everything of one, as a ZIP of JSON") },
	{ N_("org import FILE"), N_("an export of another installation") },
	{ N_("org erase ID NAME"), N_("erases one for good; prints the certificate") },
	{ NULL,
	  N_("Then settings, as for `jalon serve`. Exit codes: 0 done, 1 refused, 2 bad arguments or file, 3 the data is at fault.") },
};

struct request {
	struct arena *arena;
	struct db_pool *pool;
	struct words words; /* "export", id, file */
	bool is_json;
	int64_t org_id;
	struct transfer *transfer;
	uint8_t secret[SHA256_BYTES];
	struct certificate certificate;
};

/* `why` is an N_() text. */
static int refuse(int code, const char *why, struct str what)
{
	say_error_at(what, why, NULL);
	return code;
}

static int refuse_file(int code, struct str path)
{
	say_problem(path, say_errno(errno));
	return code;
}

/* ---- list ---- */

static struct str counted(struct request *rq, struct str text, int64_t n)
{
	return tr_fill(rq->arena, text,
		       &(const struct tr_arg){ "n", fmt_int(rq->arena, say_language(), n) }, 1);
}

static void print_org(struct request *rq, const struct transfer_org_list_row *row)
{
	struct buf b = buf_make(rq->arena, 4096);
	struct str id = id_text(rq->arena, row->id);
	enum language l = say_language();

	if (!rq->is_json) {
		printf("%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(id), STR_ARG(row->name),
		       STR_ARG(counted(rq, trn(l, "{n} member", "{n} members", row->members),
				       row->members)),
		       STR_ARG(counted(rq, trn(l, "{n} campaign", "{n} campaigns", row->rounds),
				       row->rounds)),
		       STR_ARG(counted(rq, trn(l, "{n} sheet", "{n} sheets", row->sheets),
				       row->sheets)));
		return;
	}
	buf_puts(&b, "{\"id\":");
	buf_quoted(&b, id);
	buf_puts(&b, ",\"name\":");
	buf_quoted(&b, row->name);
	buf_fmt(&b, ",\"members\":%lld,\"campaigns\":%lld,\"sheets\":%lld,\"created\":",
		(long long)row->members, (long long)row->rounds, (long long)row->sheets);
	buf_quoted(&b, time_iso(rq->arena, row->created_ms));
	buf_putc(&b, '}');
	printf("%.*s", STR_ARG(buf_str(&b)));
}

static int list(struct request *rq)
{
	struct transfer_org_list_rows rows = { .n = 0 };
	struct db *db;
	struct err err;
	int r = db_read_begin(rq->pool, &db, &err);

	if (r == 0) {
		r = transfer_org_list(db, rq->arena, &rows, &err);
		db_read_end(rq->pool, db);
	}
	if (r != 0)
		return say_data_fault(&err);
	if (rq->is_json)
		putchar('[');
	for (size_t i = 0; i < rows.n; i++) {
		if (rq->is_json && i)
			fputs(",\n ", stdout);
		print_org(rq, &rows.items[i]);
	}
	if (rq->is_json)
		puts("]");
	return CLI_OK;
}

/* ---- export ---- */

/* A new file, for its owner alone: it holds names and comments. */
static int write_file(struct request *rq, struct str path, struct str bytes)
{
	int fd = open(str_c(rq->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t done = 0;

	if (fd < 0)
		return refuse_file(CLI_USAGE, path);
	while (done < bytes.len) {
		ssize_t n = write(fd, bytes.data + done, bytes.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		done += (size_t)n;
	}
	if (done < bytes.len || fsync(fd) != 0) {
		int r = refuse_file(CLI_DATA, path);

		(void)close(fd);
		(void)unlink(str_c(rq->arena, path));
		return r;
	}
	return close(fd) == 0 ? CLI_OK : refuse_file(CLI_DATA, path);
}

/* Who took everything along, and when, stays with the organisation. */
static int note_export(struct db *db, void *arg, struct err *err)
{
	const struct request *rq = arg;

	db_scope(db, rq->org_id);
	return audit_add_as(db, time_now_ms(), S("jalon org"),
			    &(struct audit_entry){ .org_id = rq->org_id,
						   .action = N_("exported the organisation"),
						   .object_kind = "org",
						   .object_id = rq->org_id },
			    err);
}

/* The file, and the entry in the log; not one without the other. */
static int hand_over(struct request *rq, struct str path, struct str zip)
{
	struct err err;
	int r = write_file(rq, path, zip);

	if (r != CLI_OK || db_write(rq->pool, note_export, rq, &err) == 0)
		return r;
	(void)unlink(str_c(rq->arena, path));
	return say_data_fault(&err);
}

static int export(struct request *rq)
{
	struct str zip = { "", 0 };
	struct db *db;
	struct err err;
	int r;

	if (id_parse(rq->words.items[1], &rq->org_id) != 0)
		return refuse(CLI_USAGE, N_("this is no organisation’s id"), rq->words.items[1]);
	r = db_read_begin(rq->pool, &db, &err);
	if (r == 0) {
		r = transfer_export(db, rq->arena, rq->org_id, TRANSFER_WHOLE, time_now_ms(),
				    TRANSFER_FILE_MAX, &zip, &err);
		db_read_end(rq->pool, db);
	}
	if (r < 0)
		return say_data_fault(&err);
	if (r == TRANSFER_NOT_FOUND)
		return refuse(CLI_FAILED, N_("there is no such organisation"), rq->words.items[1]);
	if (r == TRANSFER_TOO_LARGE)
		return refuse(CLI_FAILED, N_("the export would be larger than an import takes"),
			      rq->words.items[1]);
	return hand_over(rq, rq->words.items[2], zip);
}

/* ---- import ---- */

static int import_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	struct audit_entry entry = { .action = N_("imported the organisation"),
				     .object_kind = "org" };
	int r = transfer_import(db, rq->arena, rq->transfer, rq->secret, time_now_ms(), err);

	entry.org_id = transfer_org(rq->transfer);
	entry.object_id = entry.org_id;
	return r ? r : audit_add_as(db, time_now_ms(), S("jalon org"), &entry, err);
}

/* The file into rq->transfer, before there is a database: a mistyped name shall not make one. */
static int read_export(struct request *rq)
{
	struct str file, why, path = rq->words.items[1];
	struct err err;
	int r = file_read(rq->arena, path, TRANSFER_FILE_MAX, &file, &why);

	if (r == 0)
		r = transfer_read(rq->arena, say_language(), file, &rq->transfer, &why, &err);
	if (r < 0)
		return say_data_fault(&err);
	if (r > 0) {
		say_problem(path, why);
		return CLI_USAGE;
	}
	return CLI_OK;
}

static int import(struct request *rq)
{
	struct err err;
	int r;

	if (site_secret(rq->pool, rq->secret, &err) != 0)
		return say_data_fault(&err);
	r = db_write(rq->pool, import_work, rq, &err);
	if (r < 0)
		return say_data_fault(&err);
	if (r > 0)
		return refuse(
			CLI_FAILED,
			N_("this organisation, or one of its links, is here already; nothing was changed"),
			rq->words.items[1]);
	printf("%.*s\t%.*s\n", STR_ARG(id_text(rq->arena, transfer_org(rq->transfer))),
	       STR_ARG(transfer_name(rq->transfer)));
	return CLI_OK;
}

/* ---- erase ---- */

static int erase_work(struct db *db, void *arg, struct err *err)
{
	struct request *rq = arg;
	struct certificate *c = &rq->certificate;
	struct transfer_org_name_row row;
	int r;

	db_scope(db, rq->org_id);
	r = transfer_org_name(db, rq->arena, rq->org_id, &row, err);
	if (r == DB_NOT_FOUND || (r == 0 && !str_eq(row.name, rq->words.items[2])))
		return TRANSFER_NOT_FOUND;
	c->at_ms = time_now_ms();
	c->name = row.name;
	c->who = S("jalon org");
	c->id = id_text(rq->arena, rq->org_id);
	if (r == 0)
		r = transfer_erase(db, rq->org_id, &c->counts, err);
	if (r != 0)
		return r;
	db_scope(db, ORG_PUBLIC);
	return audit_add_as(
		db, c->at_ms, c->who,
		&(struct audit_entry){ .org_id = ORG_PUBLIC,
				       .action = N_("erased an organisation"),
				       .object_kind = "erasure",
				       .object_id = rq->org_id,
				       .after = certificate_json(rq->arena, c->name, &c->counts) },
		err);
}

static int erase(struct request *rq)
{
	struct err err;
	int r;

	if (id_parse(rq->words.items[1], &rq->org_id) != 0 || rq->org_id == ORG_PUBLIC)
		return refuse(CLI_USAGE, N_("this is no organisation’s id"), rq->words.items[1]);
	r = db_write(rq->pool, erase_work, rq, &err);
	if (r < 0)
		return say_data_fault(&err);
	if (r > 0)
		return refuse(CLI_FAILED,
			      N_("no organisation has this id and this name; nothing was erased"),
			      rq->words.items[1]);
	fputs(str_c(rq->arena, certificate_text(rq->arena, say_language(), &rq->certificate)),
	      stdout);
	return CLI_OK;
}

/* ---- the command ---- */

static const struct action {
	const char *name;
	size_t n_words;
	int (*prepare)(struct request *rq); /* before the database is opened; may be NULL */
	int (*act)(struct request *rq);
	enum open_how how;
} actions[] = {
	{ "list", 1, NULL, list, OPEN_WHAT_IS_THERE },
	{ "export", 3, NULL, export, OPEN_WHAT_IS_THERE },
	{ "import", 2, read_export, import, OPEN_OR_MAKE },
	{ "erase", 3, NULL, erase, OPEN_WHAT_IS_THERE },
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

	rq->pool = pool;
	return action_of(&rq->words)->act(rq);
}

static int run(struct arena *a, struct config *config, void *arg)
{
	struct request *rq = arg;
	const struct action *action = action_of(&rq->words);
	struct arena work;
	int r = CLI_OK;

	if (!action)
		return words_refuse(rq->words.items[0], usage);
	/* What an export holds, unpacked, beside the archive. */
	arena_init(&work, (size_t)TRANSFER_UNPACKED_MAX * 3);
	rq->arena = &work;
	if (action->prepare)
		r = action->prepare(rq);
	if (r == CLI_OK)
		r = with_pool(a, config, action->how, act, rq);
	arena_release(&work);
	return r;
}

int cmd_org(int argc, char **argv)
{
	struct request request = { .is_json = false };
	const struct words_flag flags[] = { { "--json", &request.is_json }, { NULL, NULL } };
	int r = words_take(&request.words, flags, &argc, argv);

	digest_init();
	return r == CLI_OK ? config_run(argc, argv, usage, run, &request) : r;
}
