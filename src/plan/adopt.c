/* Adopting what a result recommends: see plan.h. */
#include "plan/action.h"

#include "base/token.h"

static bool is_adopted(const struct action *x, const struct plan_source *source)
{
	if (x->source_id == 0)
		return false;
	if (x->source_id == source->id && str_is(x->source_kind, source->kind))
		return true;
	return action_is_open(x);
}

/* Where it stands, who answers for it and until when, as far as that is said. */
static struct str adopted_words(struct req *rq, const struct action *x)
{
	enum { WORDS_BYTES = 1024 };
	struct buf b = buf_make(rq->arena, WORDS_BYTES);
	int64_t late = plan_today(rq) - x->due;

	buf_put(&b, action_status_words(rq->language, x->status));
	if (x->owner_name.len)
		buf_fmt(&b, ", %.*s", STR_ARG(x->owner_name));
	if (x->has_due)
		buf_fmt(&b, ", %.*s", STR_ARG(due_words(rq, x->due)));
	if (action_is_late(x, plan_today(rq)))
		buf_fmt(&b, ", %.*s",
			STR_ARG(tr_fill(
				rq->arena,
				trn(rq->language, "{n} day overdue", "{n} days overdue", late),
				&(const struct tr_arg){ "n",
							fmt_int(rq->arena, rq->language, late) },
				1)));
	return buf_str(&b);
}

int plan_adopted(struct req *rq, const struct plan_source *source, struct plan_adopted_list *ret,
		 struct err *err)
{
	struct actions all;
	int r = actions_load(rq, &all, err);

	if (r != 0)
		return r;
	ret->n = 0;
	ret->items = arena_new(rq->arena, struct plan_adopted, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct action *x = &all.items[i];

		if (is_adopted(x, source))
			ret->items[ret->n++] =
				(struct plan_adopted){ x->source_action, x->id, x->status,
						       adopted_words(rq, x) };
	}
	return 0;
}

const struct plan_adopted *plan_adopted_find(const struct plan_adopted_list *list,
					     struct str recommendation)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->items[i].recommendation, recommendation))
			return &list->items[i];
	return NULL;
}

static struct str join_questions(struct arena *a, const struct plan_recommendation *item)
{
	enum { QUESTIONS_BYTES = 8192 };
	struct buf b = buf_make(a, QUESTIONS_BYTES);

	for (size_t i = 0; i < item->n_questions; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_put(&b, item->questions[i]);
	}
	return buf_str(&b);
}

int plan_adopt(struct req *rq, const struct plan_source *source,
	       const struct plan_recommendation *items, size_t n, size_t *ret_added,
	       struct err *err)
{
	struct plan_adopted_list there;
	size_t added = 0;
	int r = plan_adopted(rq, source, &there, err);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct action x = {
			/* One after another, so that ids keep the order of what is recommended. */
			.id = id_make(rq->now_ms + (int64_t)i),
			.title = items[i].title,
			.detail = items[i].detail,
			.questions = join_questions(rq->arena, &items[i]),
			.phase = S("scorecard"),
			.source_kind = str_from(source->kind),
			.source_id = source->id,
			.source_action = items[i].id,
		};
		bool is_new = false;

		if (plan_adopted_find(&there, items[i].id))
			continue;
		r = action_add(rq, &x, N_("adopted a recommended action"), &is_new, err);
		added += is_new;
	}
	if (r == 0)
		*ret_added = added;
	return r;
}
