/* What a result says, from its band to its last question: see findings.h. */
#include "phases/scorecard/findings.h"

#include "phases/scorecard/charts.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/scorecard_tpl.h"

/* "10 + 6 + 4 = 20" */
static struct str sum_words(struct req *rq, const struct result *r)
{
	struct buf b = buf_make(rq->arena, 1024);

	for (size_t i = 0; i < r->n_categories; i++) {
		buf_puts(&b, i ? " + " : "");
		buf_i64(&b, r->categories[i].points);
	}
	buf_puts(&b, " = ");
	buf_i64(&b, r->score.points);
	return buf_str(&b);
}

static struct findings findings_of(struct req *rq, const struct result *r)
{
	struct findings m = {
		.r = r,
		.scale = view_svg(result_scale_svg(rq, "scale", r)),
		.bars = arena_new(rq->arena, struct html, r->n_categories),
		.sum = sum_words(rq, r),
		.whatif = whatif_of_way(rq, r->sheet, r),
		.whatif_path = result_url(rq, "/what-if"),
	};

	for (size_t i = 0; i < r->n_categories; i++)
		m.bars[i] = view_svg(category_bar_svg(rq, &r->categories[i]));
	return m;
}

void findings_put(struct view *v, const struct result *r, const struct result_plan *plan)
{
	struct findings m = findings_of(v->rq, r);

	m.plan = *plan;
	scorecard_findings(v, &m);
}
