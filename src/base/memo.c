/* Kept bytes: see memo.h. */
#include "base/memo.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { WAYS = 4, SETS = MEMO_ENTRIES / WAYS };

struct entry {
	struct arena room;     /* of what follows; not there before the first use */
	struct str key, value; /* key.data NULL: empty */
	atomic_ullong asked;
};

struct set {
	pthread_rwlock_t lock; /* those who ask do not wait for each other */
	atomic_ullong clock;
	struct entry entries[WAYS];
};

struct memo {
	struct set sets[SETS];
};

static void forget(void *memo)
{
	struct memo *m = memo;

	for (size_t i = 0; i < MEMO_ENTRIES; i++)
		arena_release(&m->sets[i / WAYS].entries[i % WAYS].room);
	for (struct set *s = m->sets; s < m->sets + SETS; s++)
		pthread_rwlock_destroy(&s->lock);
}

struct memo *memo_make(struct arena *a)
{
	struct memo *m = arena_new(a, struct memo, 1);

	for (struct set *s = m->sets; s < m->sets + SETS; s++)
		pthread_rwlock_init(&s->lock, NULL);
	arena_defer(a, forget, m);
	return m;
}

static struct set *set_of(struct memo *m, struct str key)
{
	return &m->sets[str_hash(key) % SETS];
}

/* The entry of `key`, or NULL. */
static struct entry *find(struct set *s, struct str key)
{
	for (struct entry *e = s->entries; e < s->entries + WAYS; e++)
		if (e->key.data && str_eq(e->key, key))
			return e;
	return NULL;
}

static struct entry *oldest(struct set *s)
{
	struct entry *ret = s->entries;

	for (struct entry *e = ret; e < s->entries + WAYS; e++)
		if (e->asked < ret->asked)
			ret = e;
	return ret;
}

bool memo_get(struct memo *m, struct str key, struct buf *ret)
{
	struct set *s = set_of(m, key);
	struct entry *e;

	pthread_rwlock_rdlock(&s->lock);
	e = find(s, key);
	if (e) {
		e->asked = ++s->clock;
		buf_put(ret, e->value);
	}
	pthread_rwlock_unlock(&s->lock);
	return e != NULL;
}

static void fill(struct entry *e, struct str key, struct str value)
{
	if (e->room.root)
		arena_reset(&e->room);
	else
		arena_init(&e->room, 2 * MEMO_ENTRY_BYTES);
	e->key = str_dup(&e->room, key);
	e->value = str_dup(&e->room, value);
}

void memo_put(struct memo *m, struct str key, struct str value)
{
	struct set *s = set_of(m, key);

	if (key.len > MEMO_ENTRY_BYTES || value.len > MEMO_ENTRY_BYTES - key.len)
		return;
	pthread_rwlock_wrlock(&s->lock);
	/* Two threads may have made the same at once. */
	if (!find(s, key)) {
		struct entry *e = oldest(s);

		fill(e, key, value);
		e->asked = ++s->clock;
	}
	pthread_rwlock_unlock(&s->lock);
}

void memo_clear(struct memo *m)
{
	for (struct set *s = m->sets; s < m->sets + SETS; s++) {
		pthread_rwlock_wrlock(&s->lock);
		for (struct entry *e = s->entries; e < s->entries + WAYS; e++)
			if (e->key.data) {
				memset((char *)(uintptr_t)e->key.data, 0, e->key.len);
				memset((char *)(uintptr_t)e->value.data, 0, e->value.len);
				arena_reset(&e->room);
				e->key = e->value = (struct str){ NULL, 0 };
				e->asked = 0;
			}
		pthread_rwlock_unlock(&s->lock);
	}
}
