/* Rows as lines of JSON: see transfer_priv.h. */
#include "transfer/transfer_priv.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/token.h"

/* ---- writing ---- */

static void put_value(struct buf *b, struct arena *scratch, const struct db_table_column *column,
		      const struct db_value *v)
{
	switch (v->type) {
	case DB_NULL:
		buf_puts(b, "null");
		break;
	case DB_I64:
		if (column->is_id)
			buf_quoted(b, id_text(scratch, v->i64));
		else
			buf_i64(b, v->i64);
		break;
	case DB_TEXT:
		buf_quoted(b, v->bytes);
		break;
	case DB_BLOB:
		buf_quoted(b, base64url(scratch, v->bytes.data, v->bytes.len));
		break;
	}
}

void row_write(struct buf *b, struct arena *scratch, const struct db_table *table,
	       const struct db_value *values)
{
	for (int i = 0; i < table->n_columns; i++) {
		buf_puts(b, i ? "," : "{");
		buf_quoted(b, str_from(table->columns[i].name));
		buf_putc(b, ':');
		put_value(b, scratch, &table->columns[i], &values[i]);
	}
	buf_puts(b, "}\n");
}

static void put_member(struct buf *b, const char *before, const char *name, struct str value)
{
	buf_puts(b, before);
	buf_quoted(b, str_from(name));
	buf_putc(b, ':');
	buf_quoted(b, value);
}

void account_write(struct buf *b, struct arena *scratch, const struct transfer_account *account)
{
	put_member(b, "{", "id", id_text(scratch, account->id));
	put_member(b, ",", "email", account->email);
	put_member(b, ",", "name", account->name);
	put_member(b, ",", "language", account->language);
	put_member(b, ",", "time_zone", account->time_zone);
	buf_puts(b, "}\n");
}

/* ---- reading ---- */

bool line_next(struct str *rest, struct str *ret)
{
	if (!rest->data || rest->len == 0)
		return false;
	*ret = str_cut(rest, '\n');
	return true;
}

static void release(void *json)
{
	json_decref(json);
}

/* An object of `n` members, or NULL with the reason. */
static json_t *object_of(struct arena *a, struct str line, size_t n, struct refusal *refusal)
{
	json_error_t error;
	json_t *object = json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, &error);

	if (object)
		arena_defer(a, release, object);
	if (!json_is_object(object)) {
		(void)refuse(refusal, N_("a line is not a JSON object"), NULL);
		return NULL;
	}
	if (json_object_size(object) != n) {
		(void)refuse(refusal, N_("a row has not the columns of its table"), NULL);
		return NULL;
	}
	return object;
}

static struct str text_of(const json_t *value)
{
	return str_make(json_string_value(value), json_string_length(value));
}

static int read_blob(struct arena *a, struct str text, struct db_value *ret)
{
	size_t n = text.len / 4 * 3 + (text.len % 4 ? text.len % 4 - 1 : 0);
	char *bytes = arena_new(a, char, n + 1);

	ret->bytes = str_make(bytes, n);
	return base64url_decode(text, bytes, n);
}

/* 0, or 1 when it is not of the column's type. */
static int read_value(struct arena *a, const struct db_table_column *column, const json_t *value,
		      struct db_value *ret)
{
	*ret = (struct db_value){ .type = column->type };
	if (json_is_null(value)) {
		ret->type = DB_NULL;
		return !column->is_nullable;
	}
	switch (column->type) {
	case DB_NULL:
		break;
	case DB_I64:
		if (column->is_id)
			return !json_is_string(value) || id_parse(text_of(value), &ret->i64);
		ret->i64 = json_integer_value(value);
		return !json_is_integer(value);
	case DB_TEXT:
		ret->bytes = json_is_string(value) ? str_dup(a, text_of(value)) : S("");
		return !json_is_string(value);
	case DB_BLOB:
		return !json_is_string(value) || read_blob(a, text_of(value), ret);
	}
	return 1;
}

int row_read(struct arena *a, const struct db_table *table, struct str line,
	     struct db_value *values, struct refusal *refusal)
{
	json_t *object = object_of(a, line, (size_t)table->n_columns, refusal);

	for (int i = 0; object && i < table->n_columns; i++) {
		const json_t *value = json_object_get(object, table->columns[i].name);

		if (!value || read_value(a, &table->columns[i], value, &values[i]) != 0)
			return refuse(refusal, N_("a row of {table} has no right {column}"),
				      VALUES({ "table", str_from(table->name) },
					     { "column", str_from(table->columns[i].name) }));
	}
	return object ? 0 : TRANSFER_BAD;
}

static int read_text(struct arena *a, const json_t *object, const char *name, struct str *ret)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_string(value))
		return 1;
	*ret = str_dup(a, text_of(value));
	return 0;
}

int account_read(struct arena *a, struct str line, struct transfer_account *ret,
		 struct refusal *refusal)
{
	json_t *object = object_of(a, line, 5, refusal);
	struct str id;

	if (!object)
		return TRANSFER_BAD;
	if (read_text(a, object, "id", &id) || id_parse(id, &ret->id) ||
	    read_text(a, object, "email", &ret->email) ||
	    read_text(a, object, "name", &ret->name) ||
	    read_text(a, object, "language", &ret->language) ||
	    read_text(a, object, "time_zone", &ret->time_zone))
		return refuse(refusal, N_("an account has not the members it should have"), NULL);
	return 0;
}
