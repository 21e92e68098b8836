/* Compiled gettext catalogues: see mo.h. */
#include "i18n/mo.h"

enum {
	HEADER_SIZE = 28,
	PAIR_SIZE = 8,      /* an entry of a string table: length, offset */
	SLOT_SIZE = 4,      /* an entry of the hash table: number of the string plus one, or 0 */
	CONTEXT_END = '\4', /* between a context and its id */
	HASH_SIZE_MIN = 3,  /* the second hash divides by size - 2 */
};
static const uint32_t MAGIC = 0x950412de;

/* The little-endian number at `offset`, which the caller has checked. */
static uint32_t u32_at(struct str file, size_t offset)
{
	const unsigned char *p = (const unsigned char *)file.data + offset;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool table_fits(struct str file, uint32_t offset, uint32_t n, size_t size)
{
	return offset <= file.len && n <= (file.len - offset) / size;
}

int mo_open(struct str file, struct mo *ret)
{
	struct mo m = { .file = file };

	if (file.len < HEADER_SIZE || u32_at(file, 0) != MAGIC)
		return 1;
	/* Revision 1 adds strings that depend on the machine, which our texts never need. */
	if (u32_at(file, 4) != 0)
		return 1;
	m.n = u32_at(file, 8);
	m.originals = u32_at(file, 12);
	m.translations = u32_at(file, 16);
	m.hash_size = u32_at(file, 20);
	m.hash = u32_at(file, 24);
	if (m.n > MO_STRINGS_MAX || m.hash_size < HASH_SIZE_MIN)
		return 1;
	if (!table_fits(file, m.originals, m.n, PAIR_SIZE) ||
	    !table_fits(file, m.translations, m.n, PAIR_SIZE) ||
	    !table_fits(file, m.hash, m.hash_size, SLOT_SIZE))
		return 1;
	*ret = m;
	return 0;
}

/* String number `i` of a table. data is NULL when it reaches outside the file or lacks its NUL. */
static struct str string_at(const struct mo *m, uint32_t table, uint32_t i)
{
	size_t entry = table + (size_t)i * PAIR_SIZE;
	uint32_t len = u32_at(m->file, entry);
	uint32_t offset = u32_at(m->file, entry + 4);

	if (offset >= m->file.len || len >= m->file.len - offset)
		return (struct str){ NULL, 0 };
	if (m->file.data[offset + len] != '\0')
		return (struct str){ NULL, 0 };
	return str_make(m->file.data + offset, len);
}

/* The hash of the format: P. J. Weinberger's, 32 bits. */
static uint32_t hash_more(uint32_t h, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint32_t high;

		h = (h << 4) + (unsigned char)s.data[i];
		high = h & 0xf0000000u;
		h ^= high >> 24;
		h ^= high;
	}
	return h;
}

static bool is_original(struct str original, struct str context, struct str id)
{
	if (context.len) {
		if (!str_starts(original, context))
			return false;
		original = str_slice(original, context.len, original.len);
		if (original.len == 0 || original.data[0] != CONTEXT_END)
			return false;
		original = str_slice(original, 1, original.len);
	}
	return str_starts(original, id) &&
	       (original.len == id.len || original.data[id.len] == '\0');
}

static uint32_t key_hash(struct str context, struct str id)
{
	uint32_t h = 0;

	if (context.len) {
		h = hash_more(h, context);
		h = hash_more(h, str_make(&(const char){ CONTEXT_END }, 1));
	}
	return hash_more(h, id);
}

struct str mo_find(const struct mo *m, struct str context, struct str id)
{
	uint32_t h = key_hash(context, id);
	uint32_t step = 1 + h % (m->hash_size - 2);
	uint64_t slot = h % m->hash_size;

	for (uint32_t tries = 0; tries < m->hash_size; tries++) {
		uint32_t number = u32_at(m->file, m->hash + (size_t)slot * SLOT_SIZE);

		if (number == 0 || number > m->n)
			break;
		if (is_original(string_at(m, m->originals, number - 1), context, id))
			return string_at(m, m->translations, number - 1);
		slot = (slot + step) % m->hash_size;
	}
	return (struct str){ NULL, 0 };
}

struct str mo_form(struct str translation, unsigned i)
{
	struct str form = str_cut(&translation, '\0');

	for (; i > 0 && form.data; i--)
		form = str_cut(&translation, '\0');
	return form;
}
