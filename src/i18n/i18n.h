/*
 * Languages: which one to speak, the catalogue of the interface, and how French and English write
 * numbers and dates. Message ids are the English texts; po/fr.po holds the French. Catalogues are
 * compiled into the program (catalogue.h); nothing depends on the machine's locale.
 */
#ifndef JALON_I18N_I18N_H
#define JALON_I18N_I18N_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum language { LANG_FR, LANG_EN, LANG_N };

/* "fr" or "en". */
struct str language_code(enum language l);
/* 0, or 1 when `code` ("fr", "fr-CA", any case) is neither. */
MUST_CHECK int language_parse(struct str code, enum language *ret);
/* The best of an Accept-Language header (RFC 9110, 12.5.4, with q values); French when none fits. */
enum language language_negotiate(struct str accept_language);

/* Marks a text for the catalogue where it is not looked up at once: tables of texts. */
#define N_(id) id

/* The text of `id` in language `l`; `id` itself when the catalogue lacks it. Lives forever. */
struct str tr(enum language l, const char *id);
/* Same with a message context (msgctxt). */
struct str trc(enum language l, const char *context, const char *id);
/* 0 for the singular, 1 for the plural: French says "0 point", English "0 points". */
unsigned plural_form(enum language l, int64_t n);
/* The plural form for `n`. */
struct str trn(enum language l, const char *one, const char *other, int64_t n);

/* A translated text with {placeholders} filled in, in `a`. Unknown placeholders stay as they are; values are put in as
 * they are, unescaped. */
struct tr_arg {
	const char *name;
	struct str value;
};
struct str tr_fill(struct arena *a, struct str text, const struct tr_arg *args, size_t n);
/* tr() and tr_fill() at once, for what reports sentences; `values` is VALUES(…), or NULL when `id` has no
 * placeholder: tr_with(a, l, "no file {name}", VALUES({ "name", name })). */
#define VALUES(...) ((const struct tr_arg[]){ __VA_ARGS__, { .name = NULL } })
struct str tr_with(struct arena *a, enum language l, const char *id, const struct tr_arg *values);

/* How a language writes things; the results live in `a`. */

/* "1 234" (U+202F in French) or "1,234". */
struct str fmt_int(struct arena *a, enum language l, int64_t n);
/* A number of 10^-decimals as "12,5" or "12.5", trailing zeros dropped when `trim`. */
struct str fmt_fixed(struct arena *a, enum language l, int64_t n, int decimals, bool trim);
/* A share in ten-thousandths as a whole percentage, half up: 5882 is "59 %" (U+202F) or "59%". */
struct str fmt_percent(struct arena *a, enum language l, int share);
/* "23 novembre 2026", "1er mars 2026"; "23 November 2026": the day in UTC, and not parted from its month (U+00A0). Other
 * clocks: zone.h, or zone_offset() added to `ms`. */
struct str fmt_date(struct arena *a, enum language l, int64_t ms);
/* "a, b et c"; "a, b and c". */
struct str fmt_list(struct arena *a, enum language l, const struct str *items, size_t n);
/* What somebody wrote, as it stands there: "x", or « x » in French. */
struct str fmt_quoted(struct arena *a, enum language l, struct str s);
/* "environ 50 %" as it begins a line: the first letter large where it is one of a to z. */
struct str fmt_sentence(struct arena *a, struct str words);

#endif
