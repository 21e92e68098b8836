/*
 * Writing a JSON document: commas, escapes and exact decimals are seen to here. Whoever calls closes
 * what it opened and writes a key before each member of an object.
 */
#ifndef JALON_CALC_EMIT_H
#define JALON_CALC_EMIT_H

#include <stdint.h>

#include "base/buf.h"

struct emitter {
	struct buf buf;
	bool needs_comma;
};

/* An emitter of at most `max` bytes, in `a`. Past them buf.full is set: the document is not whole. */
struct emitter emitter_make(struct arena *a, size_t max);

void emit_open(struct emitter *e, char bracket);  /* '{' or '[' */
void emit_close(struct emitter *e, char bracket); /* '}' or ']' */
void emit_key(struct emitter *e, const char *key);
void emit_str(struct emitter *e, struct str value);
void emit_int(struct emitter *e, int64_t value);
void emit_bool(struct emitter *e, bool value);
void emit_null(struct emitter *e);
/* `value` over 10^decimals, without trailing zeros but with one digit after the point: 2350 with 4
 * decimals is 0.235, 10000 is 1.0. Not negative. */
void emit_fixed(struct emitter *e, int64_t value, int decimals);

/* emit_key(), then the value. */
void emit_member_str(struct emitter *e, const char *key, struct str value);
void emit_member_int(struct emitter *e, const char *key, int64_t value);
void emit_member_bool(struct emitter *e, const char *key, bool value);
void emit_member_null(struct emitter *e, const char *key);
void emit_member_fixed(struct emitter *e, const char *key, int64_t value, int decimals);
void emit_member_open(struct emitter *e, const char *key, char bracket);

#endif
