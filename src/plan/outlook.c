/* What the plan would make of the official score. */
#include "base/num.h"
#include "plan/pages.h"

/* "1,5 point" */
static struct str half_points_words(struct req *rq, int half_points)
{
	struct str n = fmt_fixed(rq->arena, rq->language, (int64_t)half_points * 5, 1, true);

	/* French counts 1.5 as one. */
	return tr_fill(rq->arena,
		       trn(rq->language, "{n} point", "{n} points",
			   rq->language == LANG_FR ? half_points / 2 : (half_points + 1) / 2),
		       &(const struct tr_arg){ "n", n }, 1);
}

static struct str change_words(struct req *rq, int half_points)
{
	if (half_points <= 0)
		return tr(rq->language, "no change");
	return str_fmt(rq->arena, "+%.*s", STR_ARG(half_points_words(rq, half_points)));
}

static struct str band_words(struct req *rq, size_t band)
{
	const struct scorecard_pack *pack = &plan_pack()->scorecard;

	return plan_say(rq, &pack->bands[band].estimate);
}

/* Marks the questions that `x` serves. Whether it serves any. */
static bool mark(const struct scorecard *def, const struct action *x, bool *served)
{
	bool any = false;

	for (size_t i = 0; i < def->n_questions; i++)
		if (questions_have(x->questions, def->questions[i].id))
			served[i] = any = true;
	return any;
}

/*
 * An action done before the official answers shows in them already; one that was done since, or is still
 * open, would bring the step of each question it serves.
 */
struct outlook_view outlook_view(struct req *rq, const struct plan_official *official,
				 const struct actions *all)
{
	const struct scorecard *def;
	bool since[SCORECARD_QUESTIONS_MAX] = { 0 }, planned[SCORECARD_QUESTIONS_MAX] = { 0 };
	struct outlook_view v = { .is_shown = official != NULL };
	struct standing after;

	if (!official)
		return v;
	def = official->def;
	for (size_t i = 0; i < all->n; i++) {
		const struct action *x = &all->items[i];

		if (x->status == ACTION_DONE && x->done_ms > official->at_ms) {
			v.n_since += mark(def, x, since);
			(void)mark(def, x, planned);
		} else if (action_is_open(x)) {
			v.n_all += mark(def, x, planned);
		}
	}
	v.date = fmt_date(rq->arena, rq->language, official->at_ms);
	v.address = official->address;
	v.official = half_points_words(rq, official->standing.score);
	v.official_band = band_words(rq, official->standing.band);
	after = standing_provisional(rq->arena, def, &official->standing, since);
	v.has_since = v.n_since > 0;
	v.since = half_points_words(rq, after.score);
	v.since_band = band_words(rq, after.band);
	v.since_change = change_words(rq, after.score - official->standing.score);
	after = standing_provisional(rq->arena, def, &official->standing, planned);
	v.all = half_points_words(rq, after.score);
	v.all_band = band_words(rq, after.band);
	v.all_change = change_words(rq, after.score - official->standing.score);
	return v;
}
