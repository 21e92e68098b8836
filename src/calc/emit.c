/* JSON out: see emit.h. */
#include "calc/emit.h"

#include <assert.h>
#include <inttypes.h>

struct emitter emitter_make(struct arena *a, size_t max)
{
	return (struct emitter){ .buf = buf_make(a, max) };
}

/* A value or a key begins. */
static void begin(struct emitter *e)
{
	if (e->needs_comma)
		buf_putc(&e->buf, ',');
	e->needs_comma = true;
}

void emit_open(struct emitter *e, char bracket)
{
	begin(e);
	buf_putc(&e->buf, bracket);
	e->needs_comma = false;
}

void emit_close(struct emitter *e, char bracket)
{
	buf_putc(&e->buf, bracket);
	e->needs_comma = true;
}

void emit_key(struct emitter *e, const char *key)
{
	begin(e);
	buf_quoted(&e->buf, str_from(key));
	buf_putc(&e->buf, ':');
	e->needs_comma = false;
}

void emit_str(struct emitter *e, struct str value)
{
	begin(e);
	buf_quoted(&e->buf, value);
}

void emit_int(struct emitter *e, int64_t value)
{
	begin(e);
	buf_i64(&e->buf, value);
}

void emit_bool(struct emitter *e, bool value)
{
	begin(e);
	buf_puts(&e->buf, value ? "true" : "false");
}

void emit_null(struct emitter *e)
{
	begin(e);
	buf_puts(&e->buf, "null");
}

void emit_fixed(struct emitter *e, int64_t value, int decimals)
{
	int64_t unit = 1;

	assert(value >= 0 && decimals >= 1);
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	while (decimals > 1 && value % 10 == 0) {
		value /= 10;
		unit /= 10;
		decimals--;
	}
	begin(e);
	buf_fmt(&e->buf, "%" PRId64 ".%0*" PRId64, value / unit, decimals, value % unit);
}

void emit_member_str(struct emitter *e, const char *key, struct str value)
{
	emit_key(e, key);
	emit_str(e, value);
}

void emit_member_int(struct emitter *e, const char *key, int64_t value)
{
	emit_key(e, key);
	emit_int(e, value);
}

void emit_member_bool(struct emitter *e, const char *key, bool value)
{
	emit_key(e, key);
	emit_bool(e, value);
}

void emit_member_null(struct emitter *e, const char *key)
{
	emit_key(e, key);
	emit_null(e);
}

void emit_member_fixed(struct emitter *e, const char *key, int64_t value, int decimals)
{
	emit_key(e, key);
	emit_fixed(e, value, decimals);
}

void emit_member_open(struct emitter *e, const char *key, char bracket)
{
	emit_key(e, key);
	emit_open(e, bracket);
}
