/* The result's charts: see charts.h. */
#include "phases/scorecard/charts.h"

#include "chart/chart.h"

struct str result_scale_svg(struct req *rq, const char *id, const struct result *r)
{
	struct chart_band *bands = arena_new(rq->arena, struct chart_band, r->n_bands);
	struct tr_arg n = { "n", fmt_int(rq->arena, rq->language, r->score.points) };

	for (size_t i = 0; i < r->n_bands; i++)
		bands[i] = (struct chart_band){ r->bands[i].min, r->bands[i].max,
						r->bands[i].estimate, r->bands[i].is_here };
	return chart_scale_svg(rq->arena, &(struct chart_scale){
		.words = {
			.id = id,
			.title = tr(rq->language, "The score on its scale"),
			.finding = tr_fill(rq->arena, tr(rq->language, "{points}, in the band “{band}” ({range})."),
					   (const struct tr_arg[]){ { "points", r->points },
								    { "band", r->band_title },
								    { "range", r->band_range } },
					   3),
		},
		.max = r->score.max,
		.score = r->score.points,
		.score_label = tr_fill(rq->arena, trn(rq->language, "{n} point", "{n} points", r->score.points),
				       &n, 1),
		.bands = bands,
		.n_bands = r->n_bands,
	});
}

struct str category_words(struct req *rq, const struct result_category *c)
{
	return tr_fill(rq->arena, tr(rq->language, "{points} out of {max} ({share})"),
		       (const struct tr_arg[]){ { "points", c->points_words },
						{ "max", fmt_int(rq->arena, rq->language, c->max) },
						{ "share", c->share_words } },
		       3);
}

struct str category_bar_svg(struct req *rq, const struct result_category *c)
{
	return chart_bar_svg(rq->arena, &(struct chart_bar){
		.words = {
			.id = str_c(rq->arena, str_fmt(rq->arena, "bar-%.*s", STR_ARG(c->id))),
			.title = c->title,
			.finding = category_words(rq, c),
		},
		.value = c->points,
		.max = c->is_halved ? 2 * c->max : c->max,
		.look = c->look,
	});
}
