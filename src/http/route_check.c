/* Checks of route tables, and the table as text: see route_check.h and server.h. */
#include "http/route_check.h"

#include "base/buf.h"
#include "http/server.h"

static const char *const method_names[METHOD_N] = { [METHOD_GET] = "GET", [METHOD_POST] = "POST" };
static const char *const class_names[] = {
	[ROUTE_READ] = "read",
	[ROUTE_WRITE] = "write",
	[ROUTE_SLOW] = "slow",
	[ROUTE_EVENTS] = "events",
};
static const char *const body_names[] = {
	[BODY_NONE] = "-",
	[BODY_FORM] = "form",
	[BODY_JSON] = "json",
};

static int complain(const struct route *r, const char *what, struct err *err)
{
	return err_set(err, FAULT_INTERNAL, "route %s %s: %s", method_names[r->method],
		       r->path ? r->path : "(no path)", what);
}

static const struct arg_spec *specs_of(const struct route *r)
{
	static const struct arg_spec none = { .name = NULL };

	return r->args ? r->args->specs : &none;
}

static bool has_path_spec(const struct route *r, struct str name)
{
	for (const struct arg_spec *s = specs_of(r); s->name; s++)
		if (s->source == ARG_PATH && str_is(name, s->name))
			return true;
	return false;
}

static bool has_segment(const struct route *r, const char *name)
{
	struct str rest = str_from(r->path);

	while (rest.data) {
		struct str s = str_cut(&rest, '/');

		if (s.len > 2 && s.data[0] == '{' && str_is(str_slice(s, 1, s.len - 1), name))
			return true;
	}
	return false;
}

static int check_path(const struct route *r, struct err *err)
{
	struct str rest = str_from(r->path);

	if (rest.len == 0 || rest.data[0] != '/')
		return complain(r, "the path does not begin with /", err);
	rest = str_slice(rest, 1, rest.len);
	if (rest.len == 0)
		return 0;
	while (rest.data) {
		struct str s = str_cut(&rest, '/');

		if (s.len == 0)
			return complain(r, "an empty segment", err);
		if (s.data[0] == '{' && !has_path_spec(r, str_slice(s, 1, s.len - 1)))
			return complain(r, "a {name} without an argument", err);
	}
	return 0;
}

static int check_spec(const struct route *r, const struct arg_spec *s, struct err *err)
{
	if (s->source == ARG_PATH && !has_segment(r, s->name))
		return complain(r, "a path argument without its {name}", err);
	if (s->source == ARG_FORM && r->body != BODY_FORM)
		return complain(r, "a form argument without a form", err);
	if ((s->type == ARG_TEXT || s->type == ARG_EXACT || s->type == ARG_SECRET ||
	     s->type == ARG_LINES) &&
	    (s->max < 1 || s->max < s->min))
		return complain(r, "a text argument without a maximum", err);
	if (s->type == ARG_INT && s->max < s->min)
		return complain(r, "an integer argument with an empty range", err);
	if (s->type == ARG_FILE && (s->source != ARG_FORM || s->max < 1))
		return complain(r, "a file without a form or a maximum", err);
	if (s->type == ARG_REST && s->source == ARG_PATH)
		return complain(r, "a path has no other fields", err);
	return 0;
}

int route_check(const struct route *r, struct err *err)
{
	int bad;

	if (r->method >= METHOD_N)
		return err_set(err, FAULT_INTERNAL, "a route with an unknown method");
	if (!r->path || !r->title)
		return complain(r, "no path or no title", err);
	if (!r->permission)
		return complain(r, "no permission", err);
	if (r->method == METHOD_GET && (r->class == ROUTE_WRITE || r->body != BODY_NONE))
		return complain(r, "GET neither writes nor has a body", err);
	if (r->limit && (!r->limit->name || r->limit->burst < 1 || r->limit->per_minute < 1))
		return complain(r, "a limit that lets nothing pass", err);
	if (r->limit && r->limit->per_org && r->prepare)
		return complain(r, "what is prepared works before its organisation is known", err);
	if (r->class == ROUTE_SLOW && !r->limit)
		return complain(r, "work on a job thread without a limit", err);
	if (r->class == ROUTE_EVENTS && r->method != METHOD_GET)
		return complain(r, "events are asked for with GET", err);
	if (r->prepare && (r->class != ROUTE_WRITE || r->no_db))
		return complain(r, "only what writes is prepared", err);
	bad = check_path(r, err);
	for (const struct arg_spec *s = specs_of(r); bad == 0 && s->name; s++)
		bad = check_spec(r, s, err);
	return bad;
}

struct str routes_print(struct arena *a, const struct route *const *routes)
{
	enum { TABLE_MAX = 1024 * 1024 };
	struct buf b = buf_make(a, TABLE_MAX);

	for (; *routes; routes++)
		for (const struct route *r = *routes; r->handler; r++)
			buf_fmt(&b, "%-4s  %-40s  %-12s  %-6s  %-4s %6zu  %s%s%s%s%s%s%s\n",
				method_names[r->method], r->path,
				r->permission ? r->permission->name : "(none)",
				class_names[r->class], body_names[r->body],
				r->body == BODY_NONE ? (size_t)0
				: r->body_limit != 0 ? r->body_limit
						     : (size_t)BODY_LIMIT_DEFAULT,
				r->title, r->prepare ? " (prepared)" : "",
				r->is_api ? " (api)" : "", r->show_errors ? " (shows errors)" : "",
				r->limit ? " (limit " : "", r->limit ? r->limit->name : "",
				r->limit ? ")" : "");
	return buf_str(&b);
}
