/* Bradley-Terry: see rank.h. */
#include "domain/rank.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

/* Preferences each way against the fixed item. */
static const double RANK_PRIOR = 0.25;

enum { NEWTON_STEPS_MAX = 100, HALVINGS_MAX = 40 };
/* Logarithms of strengths closer than this are equal: sums of doubles differ by less. */
static const double RESOLUTION = 1e-9;
/* Steps smaller than this no longer move anything that is shown. */
static const double STEP_MIN = 1e-12;

/* The table of answers and the point reached; matrices are n by n, row after row. */
struct model {
	size_t n;
	double *wins;        /* [i n + j]: how often i was preferred to j */
	double *theta;       /* logarithms of the strengths */
	double *gradient;    /* of the logarithm of the posterior */
	double *information; /* minus its second derivatives */
	double *factor;      /* Cholesky: lower triangle L with L L' = information */
};

static double logistic(double x)
{
	return 1 / (1 + exp(-x));
}

/* log(logistic(x)) without overflow. */
static double log_logistic(double x)
{
	return x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x));
}

static struct model model_make(struct arena *a, size_t n, const struct comparison *c, size_t n_c)
{
	struct model m = { .n = n };

	m.wins = arena_new(a, double, n *n);
	m.theta = arena_new(a, double, n);
	m.gradient = arena_new(a, double, n);
	m.information = arena_new(a, double, n *n);
	m.factor = arena_new(a, double, n *n);
	for (size_t k = 0; k < n_c; k++) {
		assert(c[k].winner < n && c[k].loser < n && c[k].winner != c[k].loser);
		m.wins[c[k].winner * n + c[k].loser] += (double)c[k].count;
	}
	return m;
}

/* The logarithm of the posterior at `theta`. */
static double posterior(const struct model *m, const double *theta)
{
	double sum = 0;

	for (size_t i = 0; i < m->n; i++) {
		sum += RANK_PRIOR * (log_logistic(theta[i]) + log_logistic(-theta[i]));
		for (size_t j = 0; j < m->n; j++)
			if (m->wins[i * m->n + j] > 0)
				sum += m->wins[i * m->n + j] * log_logistic(theta[i] - theta[j]);
	}
	return sum;
}

/* Gradient and information at theta. */
static void differentiate(struct model *m)
{
	size_t n = m->n;

	for (size_t i = 0; i < n; i++) {
		double p = logistic(m->theta[i]);

		m->gradient[i] = RANK_PRIOR * (1 - 2 * p);
		m->information[i * n + i] = 2 * RANK_PRIOR * p * (1 - p);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < i; j++) {
			double won = m->wins[i * n + j], lost = m->wins[j * n + i];
			double p = logistic(m->theta[i] - m->theta[j]);
			double pull = won - (won + lost) * p;
			double weight = (won + lost) * p * (1 - p);

			m->gradient[i] += pull;
			m->gradient[j] -= pull;
			m->information[i * n + i] += weight;
			m->information[j * n + j] += weight;
			m->information[i * n + j] = m->information[j * n + i] = -weight;
		}
	}
}

/* The information is positive definite, being a prior on the diagonal and a weighted Laplacian. */
static void factorize(struct model *m)
{
	size_t n = m->n;
	double *l = m->factor;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j <= i; j++) {
			double sum = m->information[i * n + j];

			for (size_t k = 0; k < j; k++)
				sum -= l[i * n + k] * l[j * n + k];
			if (i == j)
				l[i * n + i] = sqrt(fmax(sum, 1e-300));
			else
				l[i * n + j] = sum / l[j * n + j];
		}
	}
}

/* Solves information x = b in place. */
static void solve(const struct model *m, double *x)
{
	size_t n = m->n;
	const double *l = m->factor;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++)
			x[i] -= l[i * n + k] * x[k];
		x[i] /= l[i * n + i];
	}
	for (size_t i = n; i-- > 0;) {
		x[i] /= l[i * n + i];
		for (size_t k = 0; k < i; k++)
			x[k] -= l[i * n + k] * x[i];
	}
}

/* One Newton step, halved until it does not lose likelihood. Whether it moved. */
static bool newton_step(struct model *m, double *step, double *to)
{
	double now = posterior(m, m->theta), size = 0;

	differentiate(m);
	factorize(m);
	for (size_t i = 0; i < m->n; i++)
		step[i] = m->gradient[i];
	solve(m, step);
	for (size_t i = 0; i < m->n; i++)
		size = fmax(size, fabs(step[i]));
	if (size < STEP_MIN)
		return false;
	for (int halving = 0; halving < HALVINGS_MAX; halving++) {
		for (size_t i = 0; i < m->n; i++)
			to[i] = m->theta[i] + step[i];
		if (posterior(m, to) >= now) {
			memcpy(m->theta, to, m->n * sizeof *to);
			return true;
		}
		for (size_t i = 0; i < m->n; i++)
			step[i] /= 2;
	}
	return false; /* at the maximum, as far as doubles tell */
}

static void maximize(struct arena scratch, struct model *m)
{
	double *step = arena_new(&scratch, double, m->n);
	double *to = arena_new(&scratch, double, m->n);
	int steps = 0;

	while (steps < NEWTON_STEPS_MAX && newton_step(m, step, to))
		steps++;
	differentiate(m);
	factorize(m);
}

/* The covariance of theta: the inverse of the information, row after row. */
static double *covariance(struct arena *a, const struct model *m)
{
	double *inverse = arena_new(a, double, m->n * m->n);

	for (size_t i = 0; i < m->n; i++) {
		inverse[i * m->n + i] = 1;
		solve(m, &inverse[i * m->n]);
	}
	return inverse;
}

/* ---- results ---- */

/* The strengths, summing to 1. */
static double *strengths(struct arena *a, const struct model *m)
{
	double *s = arena_new(a, double, m->n);
	double top = m->theta[0], sum = 0;

	for (size_t i = 1; i < m->n; i++)
		top = fmax(top, m->theta[i]);
	for (size_t i = 0; i < m->n; i++)
		sum += s[i] = exp(m->theta[i] - top);
	for (size_t i = 0; i < m->n; i++)
		s[i] /= sum;
	return s;
}

/* With s = exp(theta) / sum: ds_i / dtheta_j = s_i (1[i = j] - s_j), hence
 * var(s_i) = s_i^2 (C_ii - 2 (C s)_i + s' C s). */
static void fill_ranked(struct arena scratch, const struct model *m, const double *c,
			struct ranked *items)
{
	const double *s = strengths(&scratch, m);
	double *cs = arena_new(&scratch, double, m->n);
	double scs = 0;

	for (size_t i = 0; i < m->n; i++) {
		for (size_t j = 0; j < m->n; j++)
			cs[i] += c[i * m->n + j] * s[j];
		scs += s[i] * cs[i];
	}
	for (size_t i = 0; i < m->n; i++) {
		double variance = s[i] * s[i] * (c[i * m->n + i] - 2 * cs[i] + scs);

		items[i].item = i;
		items[i].strength = (int32_t)lround(s[i] * RANK_WHOLE);
		items[i].standard_error = (int32_t)lround(sqrt(fmax(variance, 0)) * RANK_WHOLE);
	}
}

/* By insertion, so that equals stay in the order given; then the ranks. */
static void sort_ranked(const struct model *m, struct ranked *items)
{
	for (size_t i = 1; i < m->n; i++) {
		struct ranked r = items[i];
		size_t at = i;

		for (; at > 0 && m->theta[r.item] > m->theta[items[at - 1].item] + RESOLUTION; at--)
			items[at] = items[at - 1];
		items[at] = r;
	}
	for (size_t i = 0; i < m->n; i++) {
		bool same = i > 0 &&
			    m->theta[items[i - 1].item] - m->theta[items[i].item] <= RESOLUTION;

		items[i].rank = same ? items[i - 1].rank : i + 1;
	}
}

/* What the next answer to a pair tells, in units of RESOLUTION so that equals compare equal. */
static double worth(const struct model *m, const double *c, size_t i, size_t j)
{
	double p = logistic(m->theta[i] - m->theta[j]);
	double v = c[i * m->n + i] + c[j * m->n + j] - 2 * c[i * m->n + j];

	return round(p * (1 - p) * v / RESOLUTION);
}

static void fill_suggestions(const struct model *m, const double *c, struct ranking *r)
{
	double best[RANK_SUGGEST_MAX];

	for (size_t i = 0; i < m->n; i++) {
		for (size_t j = i + 1; j < m->n; j++) {
			double w = worth(m, c, i, j);
			size_t at = r->n_suggest;

			if (at == RANK_SUGGEST_MAX && w <= best[at - 1])
				continue;
			if (at < RANK_SUGGEST_MAX)
				r->n_suggest++;
			else
				at--;
			for (; at > 0 && w > best[at - 1]; at--) {
				best[at] = best[at - 1];
				r->suggest[at] = r->suggest[at - 1];
			}
			best[at] = w;
			r->suggest[at] = (struct pair){ i, j };
		}
	}
}

struct ranking items_rank(struct arena *a, struct arena scratch, size_t n_items,
			  const struct comparison *comparisons, size_t n_comparisons)
{
	struct ranking r = { .items = arena_new(a, struct ranked, n_items), .n = n_items };
	struct model m;
	double *c;

	assert(n_items >= 1 && n_items <= RANK_ITEMS_MAX);
	m = model_make(&scratch, n_items, comparisons, n_comparisons);
	maximize(scratch, &m);
	c = covariance(&scratch, &m);
	fill_ranked(scratch, &m, c, r.items);
	sort_ranked(&m, r.items);
	fill_suggestions(&m, c, &r);
	return r;
}
