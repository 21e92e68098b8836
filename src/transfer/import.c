/* In: see transfer.h. */
#include <jansson.h>
#include <string.h>

#include "base/map.h"
#include "base/token.h"
#include "http/http.h"
#include "transfer/queries.h"
#include "transfer/transfer_priv.h"

/* ---- reading and checking ---- */

static const struct db_table *table_named(struct str file)
{
	struct str name = file;

	if (!str_starts(file, S("tables/")) || file.len <= strlen("tables/.jsonl"))
		return NULL;
	name = str_slice(file, strlen("tables/"), file.len - strlen(".jsonl"));
	if (!str_is(str_slice(file, file.len - strlen(".jsonl"), file.len), ".jsonl"))
		return NULL;
	for (int t = 0; db_tables[t]; t++)
		if (str_is(name, db_tables[t]->name))
			return db_tables[t];
	return NULL;
}

static bool is_known(struct str name)
{
	return str_is(name, MANIFEST_NAME) || str_is(name, ACCOUNTS_NAME) || table_named(name);
}

static const struct zip_file *file_named(const struct zip_files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (str_is(files->items[i].name, name))
			return &files->items[i];
	return NULL;
}

struct checking {
	struct arena *a;
	struct transfer *t;
	struct map accounts; /* ids, as they are written */
	int64_t counts[TRANSFER_TABLES_MAX];
	struct refusal refusal;
};

int refuse(struct refusal *r, const char *id, const struct tr_arg *values)
{
	r->why = tr_with(r->a, r->language, id, values);
	return TRANSFER_BAD;
}

static int bad(struct checking *c, const char *why)
{
	return refuse(&c->refusal, why, NULL);
}

static void release(void *json)
{
	json_decref(json);
}

static int read_counts(struct checking *c, const json_t *rows)
{
	size_t n = 0;

	for (int t = 0; db_tables[t]; t++, n++) {
		const json_t *count = json_object_get(rows, db_tables[t]->name);

		if (!json_is_integer(count))
			return bad(c, N_("the manifest does not say how many rows there are"));
		c->counts[t] = json_integer_value(count);
	}
	return json_object_size(rows) == n ? 0 : bad(c, N_("the manifest names other tables"));
}

static int read_manifest(struct checking *c, struct str bytes)
{
	json_error_t error;
	json_t *m = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, &error);
	const json_t *org = json_object_get(m, "organisation");
	const char *format = json_string_value(json_object_get(m, "format"));
	const char *id = json_string_value(json_object_get(org, "id"));
	const char *name = json_string_value(json_object_get(org, "name"));

	if (m)
		arena_defer(c->a, release, m);
	if (!format || strcmp(format, TRANSFER_FORMAT) != 0 || !id || !name ||
	    id_parse(str_from(id), &c->t->org_id) != 0 || c->t->org_id <= 1)
		return bad(c, N_("its manifest is not that of an organisation’s export"));
	c->t->name = str_from(name);
	if (json_integer_value(json_object_get(m, "version")) != TRANSFER_VERSION ||
	    json_integer_value(json_object_get(m, "schema")) != transfer_schema())
		return refuse(
			&c->refusal,
			N_("it was made by another version of Jalon: this one reads format {format}, schema {schema}"),
			VALUES({ "format", str_i64(c->a, TRANSFER_VERSION) },
			       { "schema", str_i64(c->a, transfer_schema()) }));
	return read_counts(c, json_object_get(m, "rows"));
}

static struct str id_key(struct arena *a, int64_t id)
{
	return id_text(a, id);
}

static int read_accounts(struct checking *c, struct str rest)
{
	struct str line;

	while (line_next(&rest, &line)) {
		struct transfer_account *account = vec_push(c->a, &c->t->accounts);

		if (account_read(c->a, line, account, &c->refusal) != 0)
			return TRANSFER_BAD;
		if (map_add(&c->accounts, id_key(c->a, account->id), c))
			return bad(c, N_("an account is there twice"));
	}
	return 0;
}

/* Everything the row says is the organisation's own, or an account of the list. */
static int check_row(struct checking *c, struct arena *a, const struct db_table *table,
		     struct str line)
{
	struct db_value values[DB_COLUMNS_MAX];

	if (row_read(a, table, line, values, &c->refusal) != 0)
		return TRANSFER_BAD;
	if (values[table->org_column].i64 != c->t->org_id)
		return bad(c, N_("a row is another organisation’s"));
	for (int i = 0; i < table->n_columns; i++)
		if (table->columns[i].is_account && values[i].type == DB_I64 &&
		    !map_get(&c->accounts, id_key(a, values[i].i64)))
			return bad(c, N_("a row names an account that is not in the list"));
	return 0;
}

static int check_table(struct checking *c, int at, struct str rest)
{
	struct arena work;
	struct str line;
	int64_t n = 0;
	int r = 0;

	arena_init(&work, 64 * 1024 * 1024);
	while (r == 0 && line_next(&rest, &line)) {
		r = line.len > LINE_MAX ? bad(c, N_("a row is too long"))
					: check_row(c, &work, db_tables[at], line);
		n++;
		arena_reset(&work);
	}
	arena_release(&work);
	if (r == 0 && n != c->counts[at])
		r = refuse(&c->refusal, N_("{table} has not as many rows as the manifest says"),
			   VALUES({ "table", str_from(db_tables[at]->name) }));
	return r;
}

static int check_files(struct checking *c, const struct zip_files *files)
{
	const struct zip_file *manifest = file_named(files, MANIFEST_NAME);
	const struct zip_file *accounts = file_named(files, ACCOUNTS_NAME);
	int r;

	if (!manifest || !accounts)
		return bad(c, N_("it has no manifest, or no list of accounts"));
	r = read_manifest(c, manifest->bytes);
	if (r == 0)
		r = read_accounts(c, accounts->bytes);
	for (int t = 0; r == 0 && db_tables[t]; t++) {
		const struct zip_file *file = file_named(files, table_file(c->a, db_tables[t]));

		if (!file)
			return refuse(&c->refusal, N_("it has no {file}"),
				      VALUES({ "file", str_from(table_file(c->a, db_tables[t])) }));
		c->t->rows[t] = file->bytes;
		r = check_table(c, t, file->bytes);
	}
	return r == 0 && c->counts[0] != 1 ? bad(c, N_("it is not of one organisation")) : r;
}

static int read_export(struct checking *c, struct str file, struct err *err)
{
	struct zip_files files = { .n = 0 };
	int r;

	if (file.len > TRANSFER_FILE_MAX)
		return bad(c, N_("it is too large"));
	r = archive_read_files(c->a, file, is_known, &files, &c->refusal, err);
	return r == 0 ? check_files(c, &files) : r;
}

int transfer_read(struct arena *a, enum language l, struct str file, struct transfer **ret,
		  struct str *ret_why, struct err *err)
{
	struct checking c = { .a = a, .refusal = { .a = a, .language = l } };
	int r;

	c.t = arena_new(a, struct transfer, 1);
	c.accounts = map_make(a);
	r = read_export(&c, file, err);
	if (r == 0)
		*ret = c.t;
	else if (r > 0)
		*ret_why = c.refusal.why;
	return r;
}

int64_t transfer_org(const struct transfer *t)
{
	return t->org_id;
}

struct str transfer_name(const struct transfer *t)
{
	return t->name;
}

/* ---- adding ---- */

/* Links whose tokens are made from the installation's secret and the row's id, by the purpose they are signed for. */
static const struct {
	const char *table, *purpose;
} links[] = {
	{ "round", "round" },
	{ "participant", "participant" },
	{ "share", "share" },
	{ "org_invitation", "invitation" },
	{ "calendar_feed", "calendar" },
};

struct importing {
	struct db *db;
	struct arena *a;
	struct arena row; /* for one row */
	const struct transfer *t;
	struct hmac_key key; /* of this installation, for links made again */
	int64_t now_ms;
	struct map accounts;     /* id as it is written → int64_t here */
	struct map participants; /* whose link was made anew: their sheets have the same */
	struct err *err;
};

static int add_account(struct importing *im, const struct transfer_account *account, int64_t *ret)
{
	struct transfer_account_by_email_row row;
	struct transfer_account_add_params p = { account->id,        account->email,
						 account->name,      account->language,
						 account->time_zone, im->now_ms };
	int64_t changed = 0;
	int r = transfer_account_by_email(im->db, im->a, account->email, &row, im->err);

	if (r == 0)
		*ret = row.id;
	if (r != DB_NOT_FOUND)
		return r;
	r = transfer_account_add(im->db, &p, &changed, im->err);
	/* Another person has the id here. */
	if (r == 0 && changed == 0) {
		p.id = id_make(im->now_ms);
		r = transfer_account_add(im->db, &p, &changed, im->err);
	}
	*ret = p.id;
	return r;
}

static int add_accounts(struct importing *im)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < im->t->accounts.n; i++) {
		const struct transfer_account *account = &im->t->accounts.items[i];
		int64_t *id = arena_new(im->a, int64_t, 1);

		r = add_account(im, account, id);
		(void)map_add(&im->accounts, id_key(im->a, account->id), id);
	}
	return r;
}

static const struct db_value *value_of(const struct db_table *table, const struct db_value *values,
				       const char *name)
{
	for (int i = 0; i < table->n_columns; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return &values[i];
	return NULL;
}

static struct str made_hash(struct importing *im, const char *purpose, int64_t id)
{
	struct token t = row_token(&im->row, &im->key, purpose, id);

	return token_hash(&im->row, &t);
}

/* The hash that the row's link has under this installation's secret; NULL when the link is a secret of its own. */
static const struct str *remade(struct importing *im, const struct db_table *table,
				const struct db_value *values)
{
	const struct db_value *id = value_of(table, values, "id");
	const struct db_value *who = value_of(table, values, "participant_id");
	const struct db_value *kind = value_of(table, values, "kind");
	bool is_person = strcmp(table->name, "participant") == 0;
	struct str *hash;

	if (who && who->type == DB_I64)
		return map_get(&im->participants, id_key(&im->row, who->i64));
	if (is_person && !str_is(kind->bytes, "personal"))
		return NULL;
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		if (strcmp(links[i].table, table->name) != 0)
			continue;
		hash = arena_new(im->a, struct str, 1);
		*hash = str_dup(im->a, made_hash(im, links[i].purpose, id->i64));
		if (is_person)
			(void)map_add(&im->participants, id_key(im->a, id->i64), hash);
		return hash;
	}
	return NULL;
}

/* A mail that waited where the export was made is sent from there, not from here as well. */
static void stop_mail(const struct db_table *table, struct db_value *values)
{
	for (int i = 0; i < table->n_columns; i++) {
		bool is_state = strcmp(table->columns[i].name, "state") == 0;

		if (is_state && str_is(values[i].bytes, "waiting"))
			values[i].bytes = S("failed");
	}
}

static int add_row(struct importing *im, const struct db_table *table, struct str line)
{
	struct db_value values[DB_COLUMNS_MAX];
	const struct str *hash;
	struct refusal unlikely = { .a = &im->row };
	int r;

	if (row_read(&im->row, table, line, values, &unlikely) != 0)
		return err_set(im->err, FAULT_INTERNAL,
			       "a row that was read before cannot be read again");
	for (int i = 0; i < table->n_columns; i++)
		if (table->columns[i].is_account && values[i].type == DB_I64)
			values[i].i64 =
				*(int64_t *)map_get(&im->accounts, id_key(&im->row, values[i].i64));
	if (strcmp(table->name, "mail") == 0)
		stop_mail(table, values);
	hash = remade(im, table, values);
	for (int i = 0; hash && i < table->n_columns; i++)
		if (strcmp(table->columns[i].name, "token_hash") == 0)
			values[i].bytes = *hash;
	r = db_exec(im->db, table->add, values, NULL, im->err);
	return r == DB_CONFLICT ? TRANSFER_EXISTS : r;
}

static int add_rows(struct importing *im, const struct db_table *table, struct str rest)
{
	struct str line;
	int r = 0;

	while (r == 0 && line_next(&rest, &line)) {
		r = add_row(im, table, line);
		arena_reset(&im->row);
	}
	return r;
}

int transfer_import(struct db *db, struct arena *a, const struct transfer *t,
		    const uint8_t secret[SHA256_BYTES], int64_t now_ms, struct err *err)
{
	struct importing im = {
		.db = db, .a = a, .t = t, .key = hmac_key(secret), .now_ms = now_ms, .err = err
	};
	struct transfer_org_name_row there;
	int r;

	arena_init(&im.row, 64 * 1024 * 1024);
	im.accounts = map_make(a);
	im.participants = map_make(a);
	db_scope(db, t->org_id);
	r = transfer_org_name(db, a, t->org_id, &there, err);
	if (r == DB_OK)
		r = TRANSFER_EXISTS;
	else if (r == DB_NOT_FOUND)
		r = add_accounts(&im);
	for (int i = 0; r == 0 && db_tables[i]; i++)
		r = add_rows(&im, db_tables[i], t->rows[i]);
	arena_release(&im.row);
	return r;
}
