#include "people/people.h"

#include "../test.h"

enum { HALF_PAST_TEN_PM = 22 * 60 + 30 };
static const int64_t day = 20783LL * 24 * 60 * 60 * 1000; /* 26 November 2026, 0:00 UTC */

static struct str name_of(struct arena *a, enum language l, struct str whose, struct str zone,
			  int minutes)
{
	struct req rq = { .arena = a, .language = l, .now_ms = day + minutes * 60000LL };

	return file_name(&rq, &(struct file_label){ .whose = whose,
						    .what = "Action plan",
						    .zone = zone,
						    .ending = "pdf" });
}

static void says_whose_it_is_what_and_when(void **state)
{
	struct arena *a = *state;

	assert_str(name_of(a, LANG_EN, S("Maison Belloy"), S("Europe/Paris"), 0),
		   "maison-belloy-action-plan-2026-11-26.pdf");
	assert_str(name_of(a, LANG_FR, S("Maison Belloy"), S("Europe/Paris"), 0),
		   "maison-belloy-plan-d-action-2026-11-26.pdf");
	assert_str(name_of(a, LANG_EN, S(""), S(""), 0), "action-plan-2026-11-26.pdf");
}

static void says_the_day_of_the_zone(void **state)
{
	struct arena *a = *state;

	assert_str(name_of(a, LANG_EN, S("A"), S("Europe/Paris"), HALF_PAST_TEN_PM),
		   "a-action-plan-2026-11-26.pdf");
	assert_str(name_of(a, LANG_EN, S("A"), S("Europe/Paris"), HALF_PAST_TEN_PM + 60),
		   "a-action-plan-2026-11-27.pdf");
	assert_str(name_of(a, LANG_EN, S("A"), S(""), HALF_PAST_TEN_PM + 60),
		   "a-action-plan-2026-11-26.pdf");
}

/* No letter that a file system, a shell or a header would read otherwise. */
static void is_plain_whatever_the_name(void **state)
{
	static const struct {
		struct str whose;
		const char *want;
	} rows[] = {
		{ STR("Été à l’Œuvre & Cie"), "ete-a-l-oeuvre-cie-action-plan-2026-11-26.pdf" },
		{ STR("E\u0301te\u0301"), "ete-action-plan-2026-11-26.pdf" },
		{ STR("../..\\etc/passwd"), "etc-passwd-action-plan-2026-11-26.pdf" },
		{ STR("« \"Les\u00a03\r\nRives\" »"), "les-3-rives-action-plan-2026-11-26.pdf" },
		{ STR("株式会社"), "action-plan-2026-11-26.pdf" },
		{ STR("\xff\xfe"), "action-plan-2026-11-26.pdf" },
		{ STR("Une organisation dont le nom est plus long que ce que montre une liste de fichiers"),
		  "une-organisation-dont-le-nom-est-plus-long-que-ce-que-montre-action-plan-2026-11-26.pdf" },
	};
	struct arena *a = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_str(name_of(a, LANG_EN, rows[i].whose, S(""), 0), rows[i].want);
}

TEST_MAIN(unit_test(says_whose_it_is_what_and_when), unit_test(says_the_day_of_the_zone),
	  unit_test(is_plain_whatever_the_name))
