/* The router: see router.h. */
#include "http/router.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "http/route_check.h"

struct pattern {
	struct str segments[SEGMENTS_MAX]; /* a parameter's without its braces */
	bool is_parameter[SEGMENTS_MAX];
	size_t n;
	const struct route *by_method[METHOD_N];
};

struct router {
	struct pattern *items; /* by number of segments, then literals first */
	size_t n, cap;
	size_t first[SEGMENTS_MAX + 2]; /* items[first[n]] to items[first[n + 1]] have n segments */
};

/* Splits "/a/{b}". 0, or 1 when it has too many segments. The root has none. */
static int pattern_parse(struct str path, struct pattern *ret)
{
	struct str rest = str_slice(path, 1, path.len);
	struct pattern p = { .n = 0 };

	if (rest.len == 0)
		rest.data = NULL;
	while (rest.data) {
		struct str s = str_cut(&rest, '/');

		if (p.n == SEGMENTS_MAX)
			return 1;
		p.is_parameter[p.n] = s.len > 2 && s.data[0] == '{' && s.data[s.len - 1] == '}';
		p.segments[p.n] = p.is_parameter[p.n] ? str_slice(s, 1, s.len - 1) : s;
		p.n++;
	}
	*ret = p;
	return 0;
}

/* The order of matching; 0 when both fit the same paths. */
static int pattern_cmp(const void *left, const void *right)
{
	const struct pattern *a = left, *b = right;

	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (size_t i = 0; i < a->n; i++) {
		int c = (int)a->is_parameter[i] - (int)b->is_parameter[i];

		if (c == 0 && !a->is_parameter[i])
			c = str_cmp(a->segments[i], b->segments[i]);
		if (c != 0)
			return c;
	}
	return 0;
}

/* Routes of one shape share its names. */
static bool same_names(const struct pattern *a, const struct pattern *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->segments[i], b->segments[i]))
			return false;
	return true;
}

static int router_add(struct arena *a, struct router *r, const struct route *route, struct err *err)
{
	struct pattern p;

	if (route_check(route, err) != 0)
		return FAULT_INTERNAL;
	if (pattern_parse(str_from(route->path), &p) != 0)
		return err_set(err, FAULT_INTERNAL, "route %s: more than %d segments", route->path,
			       SEGMENTS_MAX);
	for (size_t i = 0; i < r->n; i++) {
		const struct route **slot = &r->items[i].by_method[route->method];

		if (pattern_cmp(&r->items[i], &p) != 0)
			continue;
		if (*slot)
			return err_set(err, FAULT_INTERNAL, "routes %s and %s overlap",
				       (*slot)->path, route->path);
		if (!same_names(&r->items[i], &p))
			return err_set(
				err, FAULT_INTERNAL,
				"route %s: another route of this shape names its parts otherwise",
				route->path);
		*slot = route;
		return 0;
	}
	p.by_method[route->method] = route;
	*vec_push(a, r) = p;
	return 0;
}

int router_make(struct arena *a, const struct route *const *tables, struct router **ret,
		struct err *err)
{
	struct router *r = arena_new(a, struct router, 1);

	for (; *tables; tables++)
		for (const struct route *route = *tables; route->handler; route++)
			if (router_add(a, r, route, err) != 0)
				return FAULT_INTERNAL;
	if (r->n)
		qsort(r->items, r->n, sizeof *r->items, pattern_cmp);
	for (size_t i = 0; i < r->n; i++)
		r->first[r->items[i].n + 1] = i + 1;
	for (size_t n = 1; n < SEGMENTS_MAX + 2; n++)
		if (r->first[n] < r->first[n - 1])
			r->first[n] = r->first[n - 1];
	*ret = r;
	return 0;
}

static bool pattern_fits(const struct pattern *p, const struct str *segments)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->is_parameter[i] ? segments[i].len == 0
				       : !str_eq(p->segments[i], segments[i]))
			return false;
	}
	return true;
}

static void fill_match(const struct pattern *p, const struct pattern *path, enum method method,
		       struct route_match *ret)
{
	*ret = (struct route_match){ .n = 0 };
	for (size_t i = 0; i < p->n; i++) {
		if (!p->is_parameter[i])
			continue;
		ret->names[ret->n] = p->segments[i];
		ret->values[ret->n++] = path->segments[i];
	}
	for (int m = 0; m < METHOD_N; m++)
		ret->by_method[m] = p->by_method[m];
	if (method < METHOD_N)
		ret->route = p->by_method[method];
}

/* Splits a real path: here braces are only braces. */
static int path_parse(struct str path, struct pattern *ret)
{
	struct str rest = str_slice(path, 1, path.len);

	ret->n = 0;
	if (rest.len == 0)
		return 0;
	while (rest.data) {
		if (ret->n == SEGMENTS_MAX)
			return 1;
		ret->segments[ret->n++] = str_cut(&rest, '/');
	}
	return 0;
}

int router_find(const struct router *r, enum method method, struct str path,
		struct route_match *ret)
{
	struct pattern parts;

	if (path_parse(path, &parts) != 0)
		return 404;
	for (size_t i = r->first[parts.n]; i < r->first[parts.n + 1]; i++) {
		if (pattern_fits(&r->items[i], parts.segments)) {
			fill_match(&r->items[i], &parts, method, ret);
			return ret->route ? 0 : 405;
		}
	}
	return 404;
}

struct str router_allow(struct arena *a, const struct route_match *m)
{
	static const char *const names[METHOD_N] = {
		[METHOD_GET] = "GET, HEAD", [METHOD_POST] = "POST"
	};
	struct buf b = buf_make(a, 64);

	for (int i = 0; i < METHOD_N; i++) {
		if (!m->by_method[i])
			continue;
		if (b.len)
			buf_puts(&b, ", ");
		buf_puts(&b, names[i]);
	}
	return buf_str(&b);
}
