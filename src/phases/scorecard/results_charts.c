/* Drawings of a campaign's results, once for the page and the documents: see results.h. */
#include "chart/chart.h"
#include "phases/scorecard/results_priv.h"

struct str results_scale_svg(struct req *rq, const char *id, const struct results *r, int score,
			     size_t band, bool has_range)
{
	struct chart_band *bands = arena_new(rq->arena, struct chart_band, r->n_bands);
	struct str label =
		results_fill(rq, trn(rq->language, "{n} point", "{n} points", score < 4 ? 1 : 2),
			     "n", score_words(rq, score));
	const char *finding = has_range ? N_("{points}, in the band “{band}”; {range}.")
					: N_("{points}, in the band “{band}”.");

	for (size_t i = 0; i < r->n_bands; i++)
		bands[i] = (struct chart_band){ r->bands[i].min, r->bands[i].max,
						r->bands[i].estimate, i == band };
	return chart_scale_svg(rq->arena, &(struct chart_scale){
		.words = {
			.id = id,
			.title = tr(rq->language, "The score on its scale"),
			.finding = tr_fill(rq->arena, tr(rq->language, finding),
					   (const struct tr_arg[]){ { "points", label },
								    { "band", r->bands[band].title },
								    { "range", r->range_words } },
					   3),
		},
		.max = r->pack->def.max,
		.score = score,
		.is_halved = true,
		.score_label = label,
		.has_range = has_range,
		.low = r->range.low,
		.high = r->range.high,
		.low_label = r->low,
		.high_label = r->high,
		.bands = bands,
		.n_bands = r->n_bands,
	});
}

/* "Yes: 2 (50%) and Some: 2 (50%); tied: …": `mode` says what is most frequent. */
static struct str given_words(struct req *rq, const struct results_answer *answers,
			      size_t n_answers, struct str mode)
{
	struct str *parts = arena_new(rq->arena, struct str, n_answers);
	size_t n = 0;

	for (size_t i = 0; i < n_answers; i++)
		if (answers[i].n > 0)
			parts[n++] =
				tr_fill(rq->arena, tr(rq->language, "{answer}: {n}"),
					(const struct tr_arg[]){ { "answer", answers[i].label },
								 { "n", answers[i].count } },
					2);
	if (mode.len == 0)
		return fmt_list(rq->arena, rq->language, parts, n);
	return tr_fill(
		rq->arena, tr(rq->language, "{answers}; {mode}"),
		(const struct tr_arg[]){ { "answers", fmt_list(rq->arena, rq->language, parts, n) },
					 { "mode", mode } },
		2);
}

struct str results_distribution_words(struct req *rq, const struct results_question *q)
{
	struct str words = given_words(rq, q->answers, q->n_answers, q->mode_said);

	if (q->asked.len == 0)
		return words;
	return tr_fill(rq->arena, tr(rq->language, "{asked}. {answers}"),
		       (const struct tr_arg[]){ { "asked", q->asked }, { "answers", words } }, 2);
}

static enum chart_apart apart_of(const struct results_answer *a)
{
	if (str_is(a->value, RESULTS_NOT_ASKED))
		return APART_NOT_ASKED;
	return str_is(a->value, RESULTS_BLANK) ? APART_BLANK : APART_UNKNOWN;
}

static struct chart_distribution distribution(struct req *rq, const char *prefix,
					      const struct results_question *q,
					      const struct results_answer *from, size_t n)
{
	struct chart_answer *answers = arena_new(rq->arena, struct chart_answer, n);

	for (size_t i = 0; i < n; i++)
		answers[i] = (struct chart_answer){
			.label = from[i].label,
			.count_label = from[i].count,
			.n = from[i].n,
			.look = from[i].look,
			.apart = apart_of(&from[i]),
			.is_mode = from[i].is_mode,
		};
	return (struct chart_distribution){
		.words = {
			.id = str_c(rq->arena, str_fmt(rq->arena, "%s-%.*s", prefix, STR_ARG(q->id))),
			.title = q->label,
			.finding = results_distribution_words(rq, q),
		},
		.answers = answers,
		.n_answers = n,
		.mode_label = tr(rq->language, "most frequent"),
	};
}

/* ---- what was voted again ---- */

static struct chart_distribution again(struct req *rq, const char *prefix,
				       const struct results_question *q)
{
	const struct results_vote *v = &q->second;
	struct chart_distribution c = distribution(rq, prefix, q, v->answers, v->n_answers);

	c.words.title =
		results_fill(rq, tr(rq->language, "Second vote: {question}"), "question", q->label);
	c.words.finding = given_words(rq, v->answers, v->n_answers, v->mode_said);
	return c;
}

/* ---- the drawings: on one scale where a second vote stands beside the first ---- */

static struct chart_distribution first_aligned(struct req *rq, const char *prefix,
					       const struct results_question *q)
{
	struct chart_distribution c = distribution(rq, prefix, q, q->answers, q->n_answers), other;

	if (q->second.n_answers > 0) {
		other = again(rq, prefix, q);
		chart_align((struct chart_distribution *const[]){ &c, &other }, 2);
	}
	return c;
}

static struct chart_distribution second_aligned(struct req *rq, const char *prefix,
						const struct results_question *q)
{
	struct chart_distribution c = again(rq, prefix, q);
	struct chart_distribution other = distribution(rq, prefix, q, q->answers, q->n_answers);

	if (!q->is_few)
		chart_align((struct chart_distribution *const[]){ &c, &other }, 2);
	return c;
}

struct str results_distribution_svg(struct req *rq, const struct results_question *q)
{
	struct chart_distribution c = first_aligned(rq, "dist", q);

	return chart_distribution_svg(rq->arena, &c);
}

struct str results_mini_svg(struct req *rq, const char *prefix, const struct results_question *q)
{
	struct chart_distribution c = first_aligned(rq, prefix, q);

	return chart_mini_svg(rq->arena, &c);
}

struct str results_second_svg(struct req *rq, const struct results_question *q)
{
	struct chart_distribution c = second_aligned(rq, "again", q);

	return chart_distribution_svg(rq->arena, &c);
}

struct str results_second_mini_svg(struct req *rq, const struct results_question *q)
{
	struct chart_distribution c = second_aligned(rq, "again-mini", q);

	return chart_mini_svg(rq->arena, &c);
}

struct str results_chances_svg(struct req *rq, const struct results *r)
{
	struct chart_chance *bands = arena_new(rq->arena, struct chart_chance, r->n_bands);
	struct str *parts = arena_new(rq->arena, struct str, r->n_bands);

	for (size_t i = 0; i < r->n_bands; i++) {
		parts[i] = tr_fill(rq->arena, tr(rq->language, "{share}: {band}"),
				   (const struct tr_arg[]){ { "share", r->bands[i].chance },
							    { "band", r->bands[i].estimate } },
				   2);
		bands[i] = (struct chart_chance){ parts[i], r->bands[i].chance_share,
						  r->bands[i].is_here };
	}
	return chart_chances_svg(rq->arena, &(struct chart_chances){
		.words = {
			.id = "chances",
			.title = tr(rq->language, "How often each band comes out"),
			.finding = fmt_list(rq->arena, rq->language, parts, r->n_bands),
		},
		.bands = bands,
		.n_bands = r->n_bands,
	});
}
