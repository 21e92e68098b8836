/* The pack that ships: it is valid, and says of itself what the framework says. */
#include "pack/pack.h"

#include <pthread.h>

#include "../test.h"
#include "check.h"

static void loads_without_fault(void **state)
{
	struct arena *a = *state;
	struct pack_faults faults = { 0 };
	struct pack pack;
	int r = pack_load(a, LANG_EN, read_file(a, PACK_FILE), &pack, &faults);

	assert_str(faults_text(a, &faults), "");
	assert_int_equal(r, PACK_OK);
}

static void computes_maxima(void **state)
{
	const struct scorecard *sc = &pack_builtin()->scorecard.def;

	(void)state;
	assert_int_equal(sc->n_questions, 15);
	assert_int_equal(sc->n_categories, 3);
	assert_int_equal(sc->n_bands, 3);
	assert_int_equal(sc->max, 34);
	assert_int_equal(sc->categories[0].max, 18);
	assert_int_equal(sc->categories[1].max, 8);
	assert_int_equal(sc->categories[2].max, 8);
	assert_int_equal(sc->bands[2].min, 26);
	assert_int_equal(sc->bands[2].max, 34);
}

static void reads_scale(void **state)
{
	const struct scorecard *sc = &pack_builtin()->scorecard.def;
	const struct question *q = &sc->questions[scorecard_find(sc, S("bi-success"))];

	(void)state;
	assert_int_equal(q->kind, QUESTION_SCALE);
	assert_int_equal(q->scale_min, 0);
	assert_int_equal(q->scale_max, 10);
	assert_int_equal(q->max, 4);
	assert_int_equal(q->n_steps, 5);
	assert_int_equal(question_points(q, (struct answer){ ANSWER_LEVEL, 7 }), 3);
	assert_int_equal(q->asked_when.n, 1);
}

static void keeps_texts_parallel(void **state)
{
	const struct pack *p = pack_builtin();
	size_t en = pack_language(p, S("en"));
	int i = scorecard_find(&p->scorecard.def, S("lineage"));

	(void)state;
	assert_int_equal(en, 1);
	assert_str(p->scorecard.questions[i].label.in[en], "Data lineage");
	assert_str(p->scorecard.def.questions[i].options[2].id, "yes");
	assert_true(p->scorecard.questions[i].options[2].title.in[en].len > 0);
	assert_int_equal(p->n_milestones, 7);
	assert_str(p->milestones[6].title.in[0], "Réussite");
	assert_int_equal(p->scorecard.profiles.n, 6);
	assert_str(p->scorecard.profiles.items[2].title.in[en], "The IT team");
}

static void falls_back_to_first_language(void **state)
{
	(void)state;
	assert_int_equal(pack_language(pack_builtin(), S("fr")), 0);
	assert_int_equal(pack_language(pack_builtin(), S("de")), 0);
	assert_int_equal(pack_language(pack_builtin(), S("")), 0);
}

static void *load_in_thread(void *unused)
{
	(void)unused;
	return (void *)(uintptr_t)pack_builtin();
}

static void loads_once_for_all_threads(void **state)
{
	pthread_t threads[4];
	void *seen;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, load_in_thread, NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], &seen), 0);
		assert_ptr_equal(seen, pack_builtin());
	}
}

TEST_MAIN(unit_test(loads_without_fault), unit_test(loads_once_for_all_threads),
	  unit_test(computes_maxima), unit_test(reads_scale), unit_test(keeps_texts_parallel),
	  unit_test(falls_back_to_first_language))
