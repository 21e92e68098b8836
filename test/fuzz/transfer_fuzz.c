/*
 * Any bytes as an organisation to import: as they are, and, since a mutated ZIP rarely unpacks, as the files that
 * would be in one. "=NAME" begins a file; a manifest that fits, and files without lines, are put where there are none. Input that begins
 * with "!" has to be taken: so a corpus that a migration made stale is noticed.
 */
#include <assert.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "transfer/certificate.h"
#include "transfer/transfer_priv.h"

enum { INPUT_MAX = 65536 };

#define ORG_ID "0000000000007"

static struct zip_file *named(struct zip_files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (str_is(files->items[i].name, name))
			return &files->items[i];
	return NULL;
}

static size_t lines_of(struct str rest)
{
	struct str line;
	size_t n = 0;

	while (line_next(&rest, &line))
		n++;
	return n;
}

static void add(struct arena *a, struct zip_files *files, const char *name, struct str bytes)
{
	*vec_push(a, files) = (struct zip_file){ str_from(name), bytes };
}

static struct str manifest(struct arena *a, struct zip_files *files)
{
	struct buf b = buf_make(a, INPUT_MAX);

	buf_fmt(&b,
		"{\"format\":\"%s\",\"version\":%d,\"schema\":%d,"
		"\"organisation\":{\"id\":\"%s\",\"name\":\"A\"},\"rows\":{",
		TRANSFER_FORMAT, TRANSFER_VERSION, transfer_schema(), ORG_ID);
	for (int t = 0; db_tables[t]; t++)
		buf_fmt(&b, "%s\"%s\":%zu", t ? "," : "", db_tables[t]->name,
			lines_of(named(files, table_file(a, db_tables[t]))->bytes));
	buf_puts(&b, "}}");
	return buf_str(&b);
}

/* The files that the text names, and those that have to be there. */
static struct zip_files files_of(struct arena *a, struct str text)
{
	struct zip_files files = { .n = 0 };
	struct str line;
	struct zip_file *file = NULL;

	while (line_next(&text, &line)) {
		if (str_starts(line, S("="))) {
			file = vec_push(a, &files);
			*file = (struct zip_file){ str_slice(line, 1, line.len),
						   str_make(text.data, 0) };
		} else if (file) {
			file->bytes.len += line.len + (text.data != NULL);
		}
	}
	for (int t = 0; db_tables[t]; t++)
		if (!named(&files, table_file(a, db_tables[t])))
			add(a, &files, table_file(a, db_tables[t]), S(""));
	if (!named(&files, ACCOUNTS_NAME))
		add(a, &files, ACCOUNTS_NAME, S(""));
	if (!named(&files, MANIFEST_NAME))
		add(a, &files, MANIFEST_NAME, manifest(a, &files));
	return files;
}

/* Every line of what was taken is a row of the organisation, and the same row when it is written and read once more. */
static void check_rows(struct arena *a, const struct transfer *t, const struct db_table *table,
		       struct str rest)
{
	struct db_value values[DB_COLUMNS_MAX], again[DB_COLUMNS_MAX];
	struct refusal refusal = { .a = a };
	struct str line;

	while (line_next(&rest, &line)) {
		struct buf first = buf_make(a, 16 * INPUT_MAX),
			   second = buf_make(a, 16 * INPUT_MAX);

		assert(row_read(a, table, line, values, &refusal) == 0);
		assert(values[table->org_column].i64 == transfer_org(t));
		row_write(&first, a, table, values);
		line = str_slice(buf_str(&first), 0, first.len - 1);
		assert(row_read(a, table, line, again, &refusal) == 0);
		row_write(&second, a, table, again);
		assert(!first.full && str_eq(buf_str(&first), buf_str(&second)));
	}
}

/* 0 when the archive was taken. */
static int check(struct arena *a, struct str zip)
{
	struct err err = { .code = 0 };
	struct transfer *t = NULL;
	struct str why;
	int r = transfer_read(a, LANG_EN, zip, &t, &why, &err);

	assert(r == 0 || r == TRANSFER_BAD);
	if (r != 0) {
		assert(why.len > 0 && utf8_valid(why));
		return r;
	}
	assert(transfer_org(t) > 1 && utf8_valid(transfer_name(t)));
	for (int i = 0; db_tables[i]; i++)
		check_rows(a, t, db_tables[i], t->rows[i]);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size), zip;
	struct certificate c = { .at_ms = 0 };
	struct zip_files files;
	struct arena a;
	struct err err;

	if (size > INPUT_MAX)
		return 0;
	arena_init(&a, (size_t)2 << 30);
	(void)check(&a, s);
	if (certificate_parse(&a, s, &c) == 0)
		assert(utf8_valid(c.name));
	files = files_of(&a, s);
	if (zip_write(&a, &files, 64 * INPUT_MAX, &zip, &err) == 0) {
		int r = check(&a, zip);

		assert(r == 0 || !str_starts(s, S("!")));
	}
	arena_release(&a);
	return 0;
}
