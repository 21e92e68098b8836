/* What the chart tests share. */
#ifndef JALON_TEST_UNIT_CHART_CHECK_H
#define JALON_TEST_UNIT_CHART_CHECK_H

#include "../test.h"

#include <glib.h>

#include "chart/chart.h"

#define HOSTILE "a<b>&\"' \x01]]> é \xE2\x80\xAE \xF0\x9F\x98\x80</title><script>"

/* Fails unless `svg`, one drawing or several, is well-formed. */
static inline void assert_well_formed(struct arena *a, struct str svg)
{
	static const GMarkupParser parser = { .error = NULL };
	struct str whole = str_fmt(a, "<all>%.*s</all>", STR_ARG(svg));
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
	GError *error = NULL;
	bool ok = g_markup_parse_context_parse(context, whole.data, (gssize)whole.len, &error) &&
		  g_markup_parse_context_end_parse(context, &error);

	if (!ok)
		print_error("%s\n%.*s\n", error->message, STR_ARG(svg));
	g_clear_error(&error);
	g_markup_parse_context_free(context);
	assert_true(ok);
}

#define assert_has(svg, part) assert_true(str_contains((svg), S(part)))
#define assert_has_not(svg, part) assert_false(str_contains((svg), S(part)))

/* How many times `part` stands in `s`. */
static inline int count(struct str s, const char *part)
{
	int n = 0;

	for (const char *p = s.data;
	     (p = memmem(p, (size_t)(s.data + s.len - p), part, strlen(part))); p++)
		n++;
	return n;
}

#endif
