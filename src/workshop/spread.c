/* How a vote came out: see scene_priv.h. */
#include "base/num.h"
#include "rounds/mode_words.h"
#include "workshop/scene_priv.h"

enum { LOOKS = 5, APART_MAX = 3 };

/* The answers being put together. */
struct maker {
	struct req *rq;
	const struct question *q;
	const struct rating_text *text;
	struct spread *s;
	struct chart_answer *answers;
	size_t n;
	uint32_t most;
	size_t most_at;     /* the first of those given most often */
	struct modes modes; /* all of them */
};

static struct answer answer_at(const struct question *q, size_t i)
{
	if (q->kind == QUESTION_SCALE)
		return (struct answer){ ANSWER_LEVEL, q->scale_min + (int)i };
	return (struct answer){ ANSWER_OPTION, (int)i };
}

/* From few points to many. */
static int look_of(const struct question *q, struct answer answer)
{
	if (q->max <= 0)
		return 1;
	return 1 + question_points(q, answer) * (LOOKS - 1) / q->max;
}

static void add_given(struct maker *m, struct str label, uint32_t n, int look)
{
	struct req *rq = m->rq;
	struct str count = fmt_int(rq->arena, rq->language, n), share;
	int part = m->s->n ? (int)num_div_round((int64_t)n * SHARE_WHOLE, m->s->n) : 0;

	share = fmt_percent(rq->arena, rq->language, part);
	m->answers[m->n] = (struct chart_answer){
		.label = label,
		.count_label =
			tr_fill(rq->arena, tr(rq->language, "{n} ({share})"),
				(const struct tr_arg[]){ { "n", count }, { "share", share } }, 2),
		.n = n,
		.look = look,
	};
	m->s->rows[m->n] = (struct spread_row){ label, count, share };
	if (n > m->most) {
		m->most = n;
		m->most_at = m->n;
		m->modes = (struct modes){ .share = share };
	}
	if (n > 0 && n == m->most && m->modes.n++ < MODES_NAMED)
		m->modes.labels[m->modes.n - 1] = label;
	m->n++;
}

/* Those who gave no answer: neither a share nor ever the most frequent. */
static void add_silent(struct maker *m, struct str label, uint32_t n, enum chart_apart apart)
{
	struct str count = fmt_int(m->rq->arena, m->rq->language, n);

	if (n == 0)
		return;
	m->answers[m->n] = (struct chart_answer){
		.label = label, .count_label = count, .n = n, .apart = apart
	};
	m->s->rows[m->n++] = (struct spread_row){ label, count, S("–") };
}

static void add_all(struct maker *m)
{
	const struct tally *t = &m->s->tally;

	for (size_t i = 0; i < t->n_values; i++)
		add_given(m, m->text->choices[i].title, t->values[i],
			  look_of(m->q, answer_at(m->q, i)));
	add_given(m, m->text->unknown.title, t->unknown, 0);
	add_silent(m, tr(m->rq->language, "not asked"), t->not_asked, APART_NOT_ASKED);
	add_silent(m, tr(m->rq->language, "no answer"), t->unanswered, APART_BLANK);
}

/* Of answers given equally often none is marked, nor proposed. */
static void mark_mode(struct maker *m)
{
	struct req *rq = m->rq;
	struct spread *s = m->s;

	if (m->most == 0) {
		s->finding = tr(rq->language, "Nobody has answered.");
		return;
	}
	m->answers[m->most_at].is_mode = m->modes.n == 1;
	s->opinions = opinions_of(&(const struct question_spread){
		.given = s->n,
		.mode_share = (int)num_div_round((int64_t)m->most * SHARE_WHOLE, s->n) });
	if (m->modes.n == 1 && m->most_at < m->text->n_choices)
		s->mode = m->text->choices[m->most_at].value;
	s->finding = tr_fill(rq->arena,
			     trn(rq->language, "{n} answer; {mode}.", "{n} answers; {mode}.", s->n),
			     (const struct tr_arg[]){
				     { "n", fmt_int(rq->arena, rq->language, s->n) },
				     { "mode", mode_words(rq->arena, rq->language, &m->modes) } },
			     2);
}

/* Why it is not shown, or empty. Answers that came before the workshop keep the round's threshold; of what is
 * voted in the room, everybody sees who is there. */
static struct str hidden_why(struct req *rq, const struct scene *s, int vote, const struct tally *t)
{
	bool came_before = vote == VOTE_FIRST && s->workshop.first_vote == VOTE_SECOND;
	int64_t least = came_before ? s->round.terms.threshold : GROUP_THRESHOLD_MIN;
	int64_t n = (int64_t)tally_given(t) + t->not_asked;

	/* What few answered is cleared, and so never enough (rounds/few.h). */
	if (!scene_is_anonymous(s) || n + t->unanswered == 0 || n >= least)
		return S("");
	return tr(rq->language, "hidden to protect the respondents");
}

static struct str title_of(enum language l, const struct scene *s, int vote)
{
	if (vote == VOTE_SECOND)
		return tr(l, "Second vote");
	return s->workshop.first_vote == VOTE_SECOND ? tr(l, "Answers before the workshop")
						     : tr(l, "First vote");
}

static struct chart_distribution drawing_of(const struct maker *m, const char *id)
{
	return (struct chart_distribution){
		.words = { .id = id, .title = m->s->title, .finding = m->s->finding },
		.answers = m->answers,
		.n_answers = m->n,
		.mode_label = tr(m->rq->language, "most frequent"),
	};
}

int spread_make(struct req *rq, const struct scene *s, size_t item, int vote, const char *id,
		struct spread *ret, struct err *err)
{
	struct rating_text text = scene_text(rq, s, item);
	struct maker m = { .rq = rq, .q = &s->card->questions[item], .text = &text, .s = ret };
	struct spread spread = { .title = title_of(rq->language, s, vote) };
	int r = tally_one(rq->db, rq->arena, &s->round, vote, s->card, item, &spread.tally, err);

	if (r != 0)
		return r;
	spread.n = tally_given(&spread.tally);
	spread.hidden = hidden_why(rq, s, vote, &spread.tally);
	*ret = spread;
	if (spread.hidden.len) {
		/* What is not shown is not handed on either. */
		ret->tally = (struct tally){ .values = NULL };
		ret->n = 0;
		return 0;
	}
	m.answers = arena_new(rq->arena, struct chart_answer, text.n_choices + APART_MAX);
	ret->rows = arena_new(rq->arena, struct spread_row, text.n_choices + APART_MAX);
	add_all(&m);
	ret->n_rows = m.n;
	mark_mode(&m);
	ret->drawing = drawing_of(&m, id);
	return 0;
}

int opinions_load(struct req *rq, const struct scene *s, enum opinions **ret, struct err *err)
{
	enum opinions *out = arena_new(rq->arena, enum opinions, s->card->n_questions);

	for (int vote = VOTE_FIRST; vote <= VOTE_SECOND; vote++) {
		struct round_tallies t;
		struct consolidation c;
		int r = tally_read(rq->db, rq->arena, &s->round, vote, s->card, &t, err);

		if (r != 0)
			return r;
		c = consolidate(rq->arena, s->card, &t.whole);
		for (size_t i = 0; i < s->agenda.n; i++) {
			struct item_standing at = s->agenda.items[i].standing;
			int index = scene_index(s, s->agenda.items[i].item);

			if (index >= 0 && at.state == ITEM_REVEALED && at.vote == vote &&
			    !hidden_why(rq, s, vote, &t.whole.questions[index]).len)
				out[index] = opinions_of(&c.questions[index]);
		}
	}
	*ret = out;
	return 0;
}

void spreads_draw(struct req *rq, struct spread *spreads, size_t n)
{
	struct chart_distribution *drawings[VOTE_SECOND] = { NULL };
	size_t n_drawings = 0;

	for (size_t i = 0; i < n; i++)
		if (!spreads[i].hidden.len)
			drawings[n_drawings++] = &spreads[i].drawing;
	chart_align(drawings, n_drawings);
	for (size_t i = 0; i < n; i++)
		if (!spreads[i].hidden.len) {
			spreads[i].svg = chart_distribution_svg(rq->arena, &spreads[i].drawing);
			spreads[i].chart = view_svg(spreads[i].svg);
		}
}

struct dissent dissent_of(const struct scorecard *card, size_t item, const struct tally *t,
			  struct str agreed)
{
	const struct question *q = &card->questions[item];
	struct dissent d = { .n = 0 };
	struct answer a;

	if (answer_parse(q, agreed, &a) != 0)
		return d;
	for (size_t i = 0; i < t->n_values; i++) {
		struct answer other = answer_at(q, i);
		int away = question_points(q, other) - question_points(q, a);

		d.n += t->values[i];
		if (answer_eq(other, a))
			continue;
		d.other += t->values[i];
		if (2 * (away < 0 ? -away : away) >= q->max)
			d.far += t->values[i];
	}
	return d;
}
