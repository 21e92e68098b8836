/* What a result says, from its band to its last question: see findings.h. */
#include "phases/scorecard/findings.h"

#include <assert.h>

#include "phases/app.h"
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
		m.bars[i] = view_svg(result_bar_svg(rq, &r->categories[i]));
	return m;
}

void findings_put_planned(struct view *v, const struct result *r, const struct result_plan *plan)
{
	struct findings m = findings_of(v->rq, r);

	m.plan = *plan;
	scorecard_findings(v, &m);
}

/*
 * All that findings without a plan are made of, beside the program's own pack: the language, the answers, the
 * comments, and where the links lead. No text has a NUL in it.
 */
static struct str key_of(struct req *rq, const struct sheet *sheet)
{
	const struct scorecard *def = &sheet->pack->def;
	struct buf b = buf_make(rq->arena, VIEW_PAGE_MAX);

	buf_puts(&b, "findings ");
	buf_put(&b, language_code(rq->language));
	buf_put(&b, result_url(rq, ""));
	for (size_t i = 0; i < def->n_questions; i++) {
		buf_putc(&b, '\0');
		buf_put(&b, answer_text(rq->arena, &def->questions[i], sheet->answers[i]));
		buf_putc(&b, '\0');
		buf_put(&b, sheet->comments[i]);
	}
	/* Comments are as long as sheet_save() lets them be: the page has them, too. */
	assert(!b.full);
	return buf_str(&b);
}

void findings_put(struct view *v, const struct sheet *sheet)
{
	struct req *rq = v->rq;
	struct str key = key_of(rq, sheet);
	size_t from = v->out.len;
	struct result result;

	if (view_recall(v, app_of(rq)->kept, key))
		return;
	result = result_make(rq, sheet);
	findings_put_planned(v, &result, &(struct result_plan){ 0 });
	view_keep(v, from, app_of(rq)->kept, key);
}
