/*
 * Bytes that are dear to make and asked for again, kept under a key that is all they were made of. So there is
 * nothing to keep in step: what was made of other input has another key, and what nobody asks for any more
 * gives way. Threads share a memo.
 */
#ifndef JALON_BASE_MEMO_H
#define JALON_BASE_MEMO_H

#include "base/buf.h"

enum {
	MEMO_ENTRIES = 128,
	MEMO_ENTRY_BYTES = 64 * 1024, /* of a key and its value; larger ones are not kept */
};

struct memo;

/* An empty memo in `a`, with which it goes. Memory is taken as it fills: MEMO_ENTRIES × MEMO_ENTRY_BYTES at most. */
struct memo *memo_make(struct arena *a);

/* Appends to `ret` what is kept under `key`. False: nothing is, and `ret` is as it was. */
bool memo_get(struct memo *m, struct str key, struct buf *ret);

/* Keeps a copy of `value` under `key`, in place of what was asked for longest ago among a few; nothing when the two are
 * larger than MEMO_ENTRY_BYTES. */
void memo_put(struct memo *m, struct str key, struct str value);

/* Forgets everything: what was erased shall not be kept here. */
void memo_clear(struct memo *m);

#endif
