/* Prepared statements of one connection, found by their query's address: see db_priv.h. */
#include "db/db_priv.h"

enum { FIRST_CAP = 64 };

/* The slot of `q`, or the empty slot where it would go. */
static struct db_statement_slot *find(const struct db_statements *s, const struct db_query *q)
{
	size_t mask = s->cap - 1;
	/* Queries are aligned and of one size: multiply to spread their few differing bits. */
	size_t at = (size_t)(((uintptr_t)q >> 4) * 0x9e3779b97f4a7c15u >> 32) & mask;

	while (s->slots[at].query && s->slots[at].query != q)
		at = (at + 1) & mask;
	return &s->slots[at];
}

void *db_statements_get(const struct db_statements *s, const struct db_query *q)
{
	return s->cap ? find(s, q)->statement : NULL;
}

static void grow(struct db_statements *s)
{
	struct db_statements bigger = { .arena = s->arena, .n = s->n };

	bigger.cap = s->cap ? s->cap * 2 : FIRST_CAP;
	bigger.slots = arena_new(s->arena, struct db_statement_slot, bigger.cap);
	for (size_t i = 0; i < s->cap; i++) {
		if (s->slots[i].query)
			*find(&bigger, s->slots[i].query) = s->slots[i];
	}
	*s = bigger;
}

void db_statements_add(struct db_statements *s, const struct db_query *q, void *statement)
{
	if (s->n >= s->cap / 2)
		grow(s);
	*find(s, q) = (struct db_statement_slot){ q, statement };
	s->n++;
}
