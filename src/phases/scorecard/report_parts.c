/* See report_priv.h. */
#include "phases/scorecard/report_priv.h"

#include "chart/chart.h"

struct str report_out_of(struct req *rq, struct str points, int max)
{
	return tr_fill(rq->arena, tr(rq->language, "{points} out of {max}"),
		       (const struct tr_arg[]){ { "points", points },
						{ "max", fmt_int(rq->arena, rq->language, max) } },
		       2);
}

void report_category(struct req *rq, struct document *d, const struct result_category *c,
		     struct str change)
{
	struct str words = category_words(rq, c);
	const struct tr_arg values[] = { { "category", c->title },
					 { "points", words },
					 { "change", change } };

	document_figure(rq->arena, d, chart_standalone(rq->arena, category_bar_svg(rq, c)), words,
			tr_fill(rq->arena,
				change.len ? tr(rq->language, "{category}: {points}, {change}")
					   : tr(rq->language, "{category}: {points}"),
				values, change.len ? 3 : 2));
}

struct str report_why(struct req *rq, const struct result_action *action)
{
	return str_fmt(rq->arena, "%.*s%s%.*s", STR_ARG(action->reason),
		       action->reason.len && action->settled.len ? " " : "",
		       STR_ARG(action->settled));
}

void report_first_actions(struct req *rq, struct document *d, const struct result_action *actions,
			  size_t n)
{
	struct tr_arg count = { "n", fmt_int(rq->arena, rq->language, (int64_t)n) };
	struct list_item *items;
	size_t from = d->blocks.n;

	document_heading(rq->arena, d, 2,
			 tr_fill(rq->arena,
				 trn(rq->language, "{n} action to begin with",
				     "{n} actions to begin with", (int64_t)n),
				 &count, 1));
	items = document_list(rq->arena, d, n, true);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct list_item){ .title = actions[i].title,
					       .detail = report_why(rq, &actions[i]) };
	document_keep(d, from);
}
