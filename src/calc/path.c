/* Where in a document: see read.h. */
#include "base/buf.h"
#include "base/utf8.h"
#include "calc/read.h"

enum {
	PATH_TEXT_MAX = 4096,
	KEY_SHOWN_MAX = 64, /* code points of a strange key that are shown */
};

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

static bool is_plain_key(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (!is_plain(key.data[i]))
			return false;
	return key.len > 0 && key.len <= KEY_SHOWN_MAX;
}

/* In quotes; control characters never reach a terminal. */
static void put_quoted_key(struct buf *b, struct str key)
{
	struct str rest = utf8_prefix(key, KEY_SHOWN_MAX);
	bool is_cut = rest.len < key.len;

	buf_puts(b, "['");
	while (rest.len) {
		struct str before = rest;
		uint32_t code = utf8_next(&rest);

		if (code == '\'' || code == '\\')
			buf_fmt(b, "\\%c", (int)code);
		else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
			buf_fmt(b, "\\u%04x", (unsigned)code);
		else
			buf_put(b, str_slice(before, 0, before.len - rest.len));
	}
	buf_puts(b, is_cut ? "…']" : "']");
}

static void put_key(struct buf *b, struct str key)
{
	if (is_plain_key(key)) {
		buf_putc(b, '.');
		buf_put(b, key);
	} else {
		put_quoted_key(b, key);
	}
}

static void put_path(struct buf *b, const struct path *path)
{
	if (!path) {
		buf_putc(b, '$');
		return;
	}
	put_path(b, path->parent); /* as deep as the documents' own structure */
	if (path->key)
		put_key(b, str_from(path->key));
	else
		buf_fmt(b, "[%zu]", path->index);
}

struct str path_text(struct arena *a, const struct path *path)
{
	struct buf b = buf_make(a, PATH_TEXT_MAX);

	put_path(&b, path);
	return buf_str(&b);
}

/* ---- the path to a byte ---- */

/* One open object or array. */
struct level {
	bool is_object, wants_key;
	struct str key; /* as written, between its quotes */
	size_t index;
};

/* A walk through JSON text that only follows strings, brackets and commas. */
struct walk {
	struct level levels[CALC_DEPTH_MAX + 1];
	size_t depth; /* may exceed the levels that are kept */
	size_t at;
};

static struct level *innermost(struct walk *w)
{
	return w->depth > 0 && w->depth <= CALC_DEPTH_MAX ? &w->levels[w->depth - 1] : NULL;
}

/* Steps over the string that begins at w->at; it may be a key. */
static void walk_string(struct walk *w, struct str json, size_t end)
{
	size_t from = ++w->at;
	struct level *level = innermost(w);

	while (w->at < end && json.data[w->at] != '"')
		w->at += json.data[w->at] == '\\' ? 2 : 1;
	if (w->at > end)
		w->at = end;
	if (level && level->wants_key) {
		level->key = str_slice(json, from, w->at);
		level->wants_key = false;
	}
}

static void walk_step(struct walk *w, struct str json, size_t end)
{
	struct level *level;

	switch (json.data[w->at]) {
	case '"':
		walk_string(w, json, end);
		break;
	case '{':
	case '[':
		w->depth++;
		level = innermost(w);
		if (level) {
			bool is_object = json.data[w->at] == '{';

			*level = (struct level){ .is_object = is_object, .wants_key = is_object };
		}
		break;
	case '}':
	case ']':
		if (w->depth > 0)
			w->depth--;
		break;
	case ',':
		level = innermost(w);
		if (level) {
			level->index++;
			level->wants_key = level->is_object;
		}
		break;
	}
	w->at++;
}

struct str path_at(struct arena *a, struct str json, size_t position)
{
	struct walk w = { .depth = 0 };
	struct buf b = buf_make(a, PATH_TEXT_MAX);
	size_t end = position < json.len ? position : json.len;

	while (w.at < end)
		walk_step(&w, json, end);
	buf_putc(&b, '$');
	for (size_t i = 0; i < w.depth && i < CALC_DEPTH_MAX; i++) {
		const struct level *level = &w.levels[i];

		if (!level->is_object)
			buf_fmt(&b, "[%zu]", level->index);
		else if (level->key.data && !level->wants_key)
			put_key(&b, level->key);
	}
	return buf_str(&b);
}

size_t excess_at(struct str json, size_t depth, size_t values, const char **ret_why)
{
	struct walk w = { .depth = 0 };
	size_t n = 1; /* the document; each comma, each opening bracket brings one more at most */

	while (w.at < json.len) {
		size_t before = w.at;
		char c = json.data[before];

		n += c == ',' || c == '{' || c == '[';
		walk_step(&w, json, json.len);
		if (w.depth > depth || n > values) {
			*ret_why =
				w.depth > depth ? N_("nested too deeply") : N_("too many values");
			return before;
		}
	}
	return json.len;
}
