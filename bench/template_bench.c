/*
 * Rendering a page against copying its bytes: the question page and its shell, 20,000 times each, in one
 * run. Prints the ratio of their times.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timing.h"
#include "harness/request.h"
#include "phases/app.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

enum { TIMES = 20000 };

static const struct choice_view choices[] = {
	{ .value = STR("no"),
	  .title = STR("Rien n’est écrit"),
	  .detail = STR("Chacun accède aux fichiers qu’il connaît, ou demande à un collègue.") },
	{ .value = STR("partial"),
	  .title = STR("C’est en train de se mettre en place"),
	  .is_chosen = true,
	  .detail = STR(
		  "Des responsables sont nommés pour certains jeux de données, les règles se rédigent.") },
	{ .value = STR("yes"),
	  .title = STR("Les règles existent et sont suivies"),
	  .detail = STR(
		  "On sait qui peut lire, modifier ou partager chaque donnée, et quelqu’un y veille.") },
};

static struct str render(struct req *rq, const struct question_page *m)
{
	struct view v = view_make(rq);

	scorecard_question_page(&v, m);
	return layout_render(rq, &(struct layout){ .title = m->ask.text,
						   .body = view_html(&v),
						   .is_question = true });
}

static void measure(struct req *rq, const struct question_page *m)
{
	struct str page = render(rq, m);
	char *copy = malloc(page.len);
	int64_t start, rendered, copied;
	struct arena a;
	struct req again = *rq;

	if (!copy)
		abort();
	arena_init(&a, (size_t)16 << 20);
	again.arena = &a;
	start = time_mono_ms();
	for (int i = 0; i < TIMES; i++) {
		arena_reset(&a);
		(void)render(&again, m);
	}
	rendered = time_mono_ms() - start;
	start = time_mono_ms();
	for (int i = 0; i < 100 * TIMES; i++) {
		memcpy(copy, page.data, page.len);
		__asm__ volatile("" : : "r"(copy) : "memory"); /* the copy is used */
	}
	copied = time_mono_ms() - start;
	printf("question page (%zu bytes), rendering over memcpy of it: %.0f (%.1f µs against %.2f µs)\n",
	       page.len, 100.0 * (double)rendered / (double)(copied ? copied : 1),
	       1000.0 * (double)rendered / TIMES, 10.0 * (double)copied / TIMES);
	arena_release(&a);
	free(copy);
}

static struct reply *bench(struct req *rq)
{
	struct question_page m = {
		.token = S("0123456789abcdefghijkl"),
		.ask.id = S("governance"),
		.number = 7,
		.total = 15,
		.category = S("Données"),
		.ask.text = S("Qui a le droit de faire quoi avec vos données ?"),
		.ask.choices =
			arena_new(rq->arena, struct choice_view, sizeof choices / sizeof *choices),
		.ask.n_choices = sizeof choices / sizeof *choices,
		.ask.unknown = { .value = S("unknown"),
				 .title = S("Je ne sais pas"),
				 .detail = S("C’est une réponse utile.") },
		.ask.comment_limit = 2000,
		.is_saved = true,
	};

	memcpy(m.ask.choices, choices, sizeof choices);
	measure(rq, &m);
	return reply_empty(rq);
}

static const struct route routes[] = {
	{ .method = METHOD_GET,
	  .path = "/",
	  .handler = bench,
	  .permission = &permission_public,
	  .class = ROUTE_READ,
	  .no_db = true,
	  .title = "the bench" },
	{ .handler = NULL },
};
static const struct route *const tables[] = { routes, NULL };

int main(void)
{
	struct logger log = { .fd = 2, .least = LOG_ERROR };
	struct server_config config = { .log = &log, .routes = tables, .assets = site_assets };
	struct arena a;

	arena_init(&a, (size_t)64 << 20);
	(void)site_get(site_make(&a, &config), "/");
	arena_release(&a);
	return 0;
}
