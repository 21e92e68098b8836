/* See cells.h. */
#include "http/cells.h"

#include "base/buf.h"
#include "base/token.h"
#include "base/vec.h"
#include "http/unzip.h"
#include "phases/routes.h"

const char *const cell_kind_names[CELL_KINDS] = {
	[CELL_MAY] = "who may",
	[CELL_ANONYMOUS] = "nobody",
	[CELL_FOREIGN] = "another organisation's owner",
	[CELL_LOWER] = "too low a role",
	[CELL_FORMER] = "no longer",
	[CELL_FOREIGN_ID] = "another organisation's id",
	[CELL_OTHER_PARENT] = "another parent's child",
	[CELL_DEAD_LINK] = "a dead link",
	[CELL_WRONG_LINK] = "another thing's link",
	[CELL_JOB] = "the program itself",
};

/* ---- what the world has for each kind of argument ---- */

/* Ids, by the name of the argument. A kind that is missing here fails the test: add where its rows are. */
static const struct id_kind {
	const char *name;
	const char *sql;
	const char *
		of_round; /* the rows of rounds; that it is the one of the path, or not, follows. NULL: the same */
	const char *foreign; /* rows of another organisation to try beside a round; NULL: `sql` */
} id_kinds[] = {
	{ "org", "SELECT {org}", NULL },
	{ "department", "SELECT id FROM department WHERE org_id = {org} ORDER BY id", NULL },
	{ "round", "SELECT id FROM round WHERE org_id = {org} ORDER BY id", NULL },
	{ "person", "SELECT id FROM participant WHERE org_id = {org} ORDER BY id",
	  "SELECT id FROM participant WHERE org_id = {org} AND kind = 'personal' AND round_id" },
	{ "account",
	  "SELECT account_id FROM membership WHERE org_id = {org} AND role IN ('editor', 'owner') ORDER BY account_id",
	  NULL },
	{ "invitation", "SELECT id FROM org_invitation WHERE org_id = {org} ORDER BY id", NULL },
	{ "invited", "SELECT id FROM org_invitation WHERE org_id = {org} ORDER BY id", NULL },
	{ "erased", "SELECT 777", NULL },
	{ "before", "SELECT max(id) + 1 FROM audit WHERE org_id = {org}", NULL },
	{ "action", "SELECT id FROM plan_action WHERE org_id = {org} ORDER BY id", NULL },
	{ "sheet", "SELECT id FROM sheet WHERE org_id = {org} AND round_id IS NULL ORDER BY id",
	  "SELECT id FROM sheet WHERE org_id = {org} AND round_id",
	  "SELECT id FROM sheet WHERE org_id = {org} AND round_id IS NOT NULL ORDER BY id" },
	{ "object", "SELECT min(id) FROM department WHERE org_id = {org}", NULL },
	{ "with", "SELECT id FROM round WHERE org_id = {org} ORDER BY id", NULL },
	{ "session",
	  "SELECT s.id FROM session s JOIN membership m ON m.account_id = s.account_id WHERE m.org_id = {org}"
	  " AND m.role = 'owner' ORDER BY s.id",
	  NULL },
};

/* Ids that a form sends as text, since "none of them" is a choice too. */
static const char *const ids_as_text[] = { "department" };

/* Stands for the organisation's name. */
#define OWN_NAME "*"

enum { TEXTS_MAX = 8 };

/* What makes a form pass; several values are tried one after another. Others get "x". */
static const struct {
	const char *name, *values[TEXTS_MAX + 1];
} texts[] = {
	{ "question", { "lineage", "etl" } },
	{ "answer", { "some", "" } },
	{ "comment", { "x", "" } },
	{ "go", { "next" } },
	{ "time-zone", { "Europe/Paris" } },
	{ "email", { "new@example.org" } },
	{ "password", { "quatre chevaux bleus dansent" } },
	{ "act", { "rename", "up", "down", "remove", "all", "remind", "start" } },
	{ "role", { "viewer", "owner" } },
	{ "state", { "disable", "enable", "make-admin", "unmake-admin" } },
	{ "mode", { "nominative" } },
	{ "access", { "both" } },
	{ "language", { "fr" } },
	{ "opens", { "" } },
	{ "closes", { "" } },
	{ "keep_until", { "" } },
	{ "size", { "" } },
	{ "accent", { "#0b5563" } },
	{ "contact", { "https://example.org/" } },
	{ "people", { "Zoe Example", "Only;only@example.org" } },
	{ "status", { "todo" } },
	{ "to", { "doing" } },
	{ "effort", { "small" } },
	{ "owner", { "" } },
	{ "owner-name", { "" } },
	{ "due", { "" } },
	{ "phase", { "" } },
	{ "order", { "" } },
	{ "item", { "lineage", "etl", "poc" } },
	{ "value", { "some" } },
	{ "who", { "" } },
	{ "was", { "" } },
	{ "action", { "" } },
	{ "search", { "" } },
	{ "name", { "x", OWN_NAME } },
};

/* Whose link a permission wants: rows of a table, those that work and those that do not. */
static const struct link_kind {
	const char *permission, *table, *live, *dead;
	bool is_public;     /* of no organisation */
	const char *suffix; /* after the token; NULL: none */
	bool is_code;       /* not a token: `live` gives the texts themselves */
} link_kinds[] = {
	{ "sheet-link", "participant",
	  "SELECT p.id FROM participant p WHERE p.org_id = {org} AND p.state <> 'invited'", NULL,
	  false },
	{ "sheet-link", "sheet", "SELECT id FROM sheet WHERE org_id = {org} AND round_id IS NULL",
	  NULL, true },
	{ "sheet-link", "sheet", "SELECT id FROM sheet WHERE org_id = {org} AND round_id IS NULL",
	  NULL, false },
	{ "share-link", "share", "SELECT id FROM share WHERE org_id = {org} AND revoked_ms IS NULL",
	  "SELECT id FROM share WHERE org_id = {org} AND revoked_ms IS NOT NULL", false },
	{ "round-link", "round",
	  "SELECT id FROM round WHERE org_id = {org} AND state <> 'draft' AND access <> 'personal'",
	  "SELECT id FROM round WHERE org_id = {org} AND (state = 'draft' OR access = 'personal')",
	  false },
	{ "personal-link", "participant",
	  "SELECT id FROM participant WHERE org_id = {org} AND kind = 'personal' AND revoked_ms IS NULL",
	  "SELECT id FROM participant WHERE org_id = {org} AND kind = 'personal' AND revoked_ms IS NOT NULL",
	  false },
	{ "invitation", "org_invitation",
	  "SELECT id FROM org_invitation WHERE org_id = {org} AND used_ms IS NULL AND revoked_ms IS NULL AND expires_ms > 2",
	  "SELECT id FROM org_invitation WHERE org_id = {org} AND (used_ms IS NOT NULL OR revoked_ms IS NOT NULL"
	  " OR expires_ms = 2)",
	  false },
	{ "calendar-link", "calendar_feed",
	  "SELECT id FROM calendar_feed WHERE org_id = {org} AND revoked_ms IS NULL",
	  "SELECT id FROM calendar_feed WHERE org_id = {org} AND revoked_ms IS NOT NULL", false,
	  ".ics" },
	{ "room-code", "workshop",
	  "SELECT code FROM workshop WHERE org_id = {org} AND state = 'open'",
	  "SELECT code FROM workshop WHERE org_id = {org} AND state = 'over'", false, NULL, true },
	{ "setup-link", "account_link",
	  "SELECT id FROM account_link WHERE kind = 'setup' AND expires_ms > 2",
	  "SELECT id FROM account_link WHERE kind = 'setup' AND expires_ms = 2", true },
	{ "reset-link", "account_link",
	  "SELECT id FROM account_link WHERE kind = 'reset' AND expires_ms > 2 AND used_ms IS NULL",
	  "SELECT id FROM account_link WHERE kind = 'reset' AND (expires_ms = 2 OR used_ms IS NOT NULL)",
	  true },
};

/* The role that a permission asks for at least. */
static const struct {
	const char *permission;
	enum role role, below; /* ROLE_NONE: no member has less */
} org_permissions[] = {
	{ "org-viewer", ROLE_VIEWER, ROLE_NONE },
	{ "org-contributor", ROLE_CONTRIBUTOR, ROLE_SPECIALIST },
	{ "org-specialist", ROLE_SPECIALIST, ROLE_CONTRIBUTOR },
	{ "org-editor", ROLE_EDITOR, ROLE_CONTRIBUTOR },
	{ "org-owner", ROLE_OWNER, ROLE_EDITOR },
};

/* ---- filling in ---- */

enum { VALUES_MAX = 64, ARGS_MAX = 32, COMBINATIONS_MAX = 512 };

/* The matrix while it is made. */
struct maker {
	struct world *w;
	struct cell_list VEC(struct cell) list;
};

/* A request to a route being put together: one value for each argument. */
struct draft {
	const struct route *route;
	enum world_org org; /* whose rows the ids are */
	const char
		*swapped; /* this argument's id is the other organisation's, or another parent's */
	struct str link;  /* the token in the path; empty: none */
	struct str round; /* id in the path; empty: none */
	const struct arg_spec *specs[ARGS_MAX];
	struct str values[ARGS_MAX]; /* data NULL: not sent */
	size_t n;
};

static const struct id_kind *id_kind_of(const struct arg_spec *s)
{
	bool is_text = (s->type == ARG_TEXT || s->type == ARG_EXACT || s->type == ARG_SECRET ||
			s->type == ARG_LINES) &&
		       s->source == ARG_FORM;

	if (s->type != ARG_ID && !is_text)
		return NULL;
	for (size_t i = 0; is_text && i < sizeof ids_as_text / sizeof *ids_as_text; i++)
		is_text = strcmp(ids_as_text[i], s->name) != 0;
	if (is_text)
		return NULL;
	for (size_t i = 0; i < sizeof id_kinds / sizeof *id_kinds; i++)
		if (strcmp(id_kinds[i].name, s->name) == 0)
			return &id_kinds[i];
	fail_msg("the world has no ids called \"%s\": add them to id_kinds in cells.c", s->name);
	return NULL;
}

static int64_t id_value(struct str text)
{
	int64_t id = 0;

	assert_int_equal(id_parse(text, &id), 0);
	return id;
}

static struct strs ids_for(struct world *w, const struct draft *d, const struct id_kind *kind)
{
	bool is_swapped = d->swapped && strcmp(d->swapped, kind->name) == 0;
	enum world_org org = is_swapped && d->org == FALCON ? KESTREL : d->org;
	const char *sql = kind->sql;

	/* The same organisation, but of another parent: every child that is not of this one. */
	if (kind->of_round && d->round.len && !is_swapped)
		sql = str_fmt(w->a, "%s = %lld ORDER BY id", kind->of_round,
			      (long long)id_value(d->round))
			      .data;
	else if (kind->of_round && d->round.len && org == d->org)
		sql = str_fmt(w->a, "%s <> %lld", kind->of_round, (long long)id_value(d->round))
			      .data;
	else if (kind->foreign && d->round.len)
		sql = kind->foreign;
	return world_ids(w, sql, org);
}

static struct strs one(struct world *w, struct str value)
{
	struct strs ret = { arena_new(w->a, struct str, 1), 1 };

	ret.items[0] = value;
	return ret;
}

static struct strs texts_for(struct world *w, const struct draft *d, const struct arg_spec *s)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct strs ret = { arena_new(w->a, struct str, TEXTS_MAX), 0 };

		if (strcmp(texts[i].name, s->name) != 0)
			continue;
		while (texts[i].values[ret.n]) {
			ret.items[ret.n] = str_from(texts[i].values[ret.n]);
			if (str_is(ret.items[ret.n], OWN_NAME))
				ret.items[ret.n] =
					str_fmt(w->a, "%s & sons", world_markers[d->org]);
			ret.n++;
		}
		return ret;
	}
	return one(w, S("x"));
}

/* A number that passes; "version" is the round's, that nobody changed. */
static struct str number_for(struct world *w, const struct arg_spec *s)
{
	int64_t n = s->min > 0 ? s->min : 0;

	if (strcmp(s->name, "version") == 0)
		n = 1;
	if (strcmp(s->name, "threshold") == 0)
		n = 5;
	if (strcmp(s->name, "vote") == 0)
		n = 1;
	if (strcmp(s->name, "days") == 0)
		n = 7;
	return str_fmt(w->a, "%lld", (long long)n);
}

/* What may be left out is tried without, too. */
static struct strs with_none(struct world *w, struct strs ids)
{
	struct strs ret = { arena_new(w->a, struct str, ids.n + 1), ids.n + 1 };

	for (size_t i = 0; i < ids.n; i++)
		ret.items[i + 1] = ids.items[i];
	return ret;
}

/* Beside a person one text of a form stands for all: whom it is about makes the difference. */
static bool is_beside_person(const struct draft *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->specs[i]->name, "person") == 0)
			return true;
	return false;
}

/* What to try for an argument; the data of one that is not sent is NULL. */
static struct strs values_for(struct world *w, const struct draft *d, const struct arg_spec *s)
{
	const struct id_kind *kind = id_kind_of(s);
	bool is_query = s->source == ARG_QUERY;
	struct str none = { NULL, 0 };

	if (kind && is_query && !s->required && !d->swapped)
		return with_none(w, ids_for(w, d, kind));
	if (kind)
		return ids_for(w, d, kind);
	switch (s->type) {
	case ARG_TOKEN:
		if (!d->link.len)
			fail_msg("%s: no link of the kind %s: add it to link_kinds in cells.c",
				 d->route->path, d->route->permission->name);
		return one(w, d->link);
	case ARG_TEXT:
	case ARG_EXACT:
	case ARG_SECRET:
	case ARG_LINES:
		if (d->link.len && s->source == ARG_PATH && strcmp(s->name, "question") != 0)
			return one(w, d->link);
		return is_query && strcmp(s->name, "question") != 0 ? one(w, none)
								    : texts_for(w, d, s);
	case ARG_INT:
		return one(w, is_query ? none : number_for(w, s));
	case ARG_FLAG:
		return one(w, is_query ? none : S("1"));
	case ARG_REST:
		return one(w, str_starts(str_from(d->route->path), S("/o/{org}/plan"))
				      ? S("serves-lineage=1")
				      : S("lineage=some"));
	case ARG_FILE:
	case ARG_ID:
		break;
	}
	return one(w, none);
}

static void put_pair(struct world *w, struct buf *b, const struct arg_spec *s, struct str value)
{
	if (!value.data)
		return;
	if (b->len)
		buf_putc(b, '&');
	if (s->type == ARG_REST)
		buf_put(b, value);
	else
		buf_fmt(b, "%s=%.*s", s->name, STR_ARG(percent_encode(w->a, value)));
}

static struct str in_path(const struct draft *d, struct str name)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->specs[i]->source == ARG_PATH && str_is(name, d->specs[i]->name))
			return d->values[i];
	return S("x");
}

static void write_down(struct world *w, const struct draft *d, struct cell *ret)
{
	struct str rest = str_from(d->route->path);
	struct buf path = buf_make(w->a, 4096), query = buf_make(w->a, 4096),
		   form = buf_make(w->a, 65536);

	while (rest.data) {
		buf_put(&path, str_cut(&rest, '{'));
		if (rest.data)
			buf_put(&path, in_path(d, str_cut(&rest, '}')));
	}
	for (size_t i = 0; i < d->n; i++) {
		if (d->specs[i]->source == ARG_QUERY)
			put_pair(w, &query, d->specs[i], d->values[i]);
		if (d->specs[i]->source == ARG_FORM)
			put_pair(w, &form, d->specs[i], d->values[i]);
	}
	if (query.len)
		buf_fmt(&path, "?%.*s", STR_ARG(buf_str(&query)));
	ret->path = path.data;
	ret->form = form.len ? form.data : "";
}

/* Each combination of the values from argument `at` on, as cells like `like`. */
static void combine(struct maker *m, struct draft *d, const struct cell *like, size_t *n)
{
	const struct arg_spec *s = d->route->args ? &d->route->args->specs[d->n] : NULL;
	struct strs values;

	if (!s || !s->name) {
		struct cell cell = *like;

		cell.route = d->route;
		write_down(m->w, d, &cell);
		*vec_push(m->w->a, &m->list) = cell;
		assert_in_range(++*n, 1, COMBINATIONS_MAX);
		return;
	}
	assert_in_range(d->n, 0, ARGS_MAX - 1);
	values = values_for(m->w, d, s);
	if (s->source == ARG_FORM && values.n > 1 && is_beside_person(d) &&
	    (!d->swapped || strcmp(d->swapped, s->name) != 0))
		values.n = 1;
	if (values.n == 0 && !d->swapped)
		fail_msg("%s: the world has nothing for \"%s\"", d->route->path, s->name);
	for (size_t i = 0; i < values.n; i++) {
		size_t before = d->n;

		d->specs[d->n] = s;
		d->values[d->n] = values.items[i];
		if (strcmp(s->name, "round") == 0 && s->source == ARG_PATH)
			d->round = values.items[i];
		d->n++;
		combine(m, d, like, n);
		d->n = before;
	}
}

/* Cells like `like` for every combination of rows of `org`; only the first when it is about who asks. */
static void add(struct maker *m, const struct route *route, enum world_org org, struct str link,
		const char *swapped, struct cell like)
{
	struct draft d = { .route = route, .org = org, .link = link, .swapped = swapped };
	size_t from = m->list.n, n = 0;
	bool is_about_who = like.kind != CELL_MAY && like.kind != CELL_FOREIGN_ID &&
			    like.kind != CELL_OTHER_PARENT;

	combine(m, &d, &like, &n);
	if (is_about_who && m->list.n > from + 1)
		m->list.n = from + 1;
}

/* ---- routes of an organisation ---- */

static int org_permission(const struct route *route)
{
	for (int i = 0; i < (int)(sizeof org_permissions / sizeof *org_permissions); i++)
		if (strcmp(org_permissions[i].permission, route->permission->name) == 0)
			return i;
	return -1;
}

#define NO_LINK ((struct str){ "", 0 })

/* Nobody's session: on the way to sign in, or told to. */
static int turned_away(const struct route *route)
{
	return route->method == METHOD_GET ? 303 : 401;
}

static void add_who(struct maker *m, const struct route *route, int permission)
{
	struct world *w = m->w;
	enum role below = org_permissions[permission].below;
	struct cell c = { .own = WORLD_ORGS,
			  .also = WORLD_ORGS,
			  .statuses = { turned_away(route) } };

	c.kind = CELL_ANONYMOUS;
	add(m, route, KESTREL, NO_LINK, NULL, c);
	c.kind = CELL_FORMER;
	for (int i = 0; i < FORMERS; i++) {
		c.headers = w->former[i].headers;
		c.statuses[0] = i == FORMER_REMOVED ? 404 : turned_away(route);
		add(m, route, KESTREL, NO_LINK, NULL, c);
	}
	c.kind = CELL_FOREIGN;
	c.statuses[0] = 404;
	c.headers = w->members[FALCON][ROLE_OWNER].headers;
	c.also = FALCON;
	add(m, route, KESTREL, NO_LINK, NULL, c);
	c.also = WORLD_ORGS;
	c.headers = w->stranger.headers;
	add(m, route, KESTREL, NO_LINK, NULL, c);
	c.headers = w->admin.headers;
	add(m, route, KESTREL, NO_LINK, NULL, c);
	if (below == ROLE_NONE)
		return;
	c.kind = CELL_LOWER;
	c.own = KESTREL; /* the page may say where one is; rows are compared for all when it is refused */
	c.headers = w->members[KESTREL][below].headers;
	c.statuses[0] = 403;
	add(m, route, KESTREL, NO_LINK, NULL, c);
}

/* Falcon's owner in Falcon, with one id of Kestrel's; Kestrel's own with a child of another parent. */
static void add_swapped(struct maker *m, const struct route *route, int permission)
{
	static const int refused[] = { 404, 410, 422, 403, 400 };
	struct cell c = { .own = FALCON, .also = WORLD_ORGS };

	memcpy(c.statuses, refused, sizeof refused);
	for (const struct arg_spec *s = route->args->specs; s->name; s++) {
		const struct id_kind *kind = id_kind_of(s);

		if (!kind || strcmp(kind->name, "org") == 0)
			continue;
		c.kind = CELL_FOREIGN_ID;
		c.headers = m->w->members[FALCON][ROLE_OWNER].headers;
		c.own = FALCON;
		/* A place in a list, in a query, is not refused: nothing is there. */
		c.statuses[5] = s->source == ARG_QUERY ? 200 : 0;
		c.statuses[6] = s->source == ARG_QUERY && route->method == METHOD_GET ? 303 : 0;
		add(m, route, FALCON, NO_LINK, s->name, c);
		if (!kind->of_round || !strstr(route->path, "{round}"))
			continue;
		c.kind = CELL_OTHER_PARENT;
		c.headers = m->w->members[KESTREL][org_permissions[permission].role].headers;
		c.own = KESTREL;
		add(m, route, KESTREL, NO_LINK, s->name, c);
	}
}

static void add_org_route(struct maker *m, const struct route *route, int permission)
{
	struct cell c = {
		.kind = CELL_MAY,
		.own = KESTREL,
		.also = WORLD_ORGS,
		.headers = m->w->members[KESTREL][org_permissions[permission].role].headers
	};

	add(m, route, KESTREL, NO_LINK, NULL, c);
	/* Pages show more to those who may do more. */
	c.headers = m->w->members[KESTREL][ROLE_OWNER].headers;
	if (route->method == METHOD_GET && org_permissions[permission].role != ROLE_OWNER)
		add(m, route, KESTREL, NO_LINK, NULL, c);
	c.own = FALCON;
	c.headers = m->w->members[FALCON][org_permissions[permission].role].headers;
	add(m, route, FALCON, NO_LINK, NULL, c);
	add_who(m, route, permission);
	add_swapped(m, route, permission);
}

/* ---- routes behind a link ---- */

static struct strs links_of(struct world *w, const struct link_kind *kind, const char *sql)
{
	enum world_org org = kind->is_public ? PUBLIC : KESTREL;
	struct strs ids = kind->is_code ? world_texts(w, sql, org) : world_ids(w, sql, org);

	for (size_t i = 0; !kind->is_code && i < ids.n; i++)
		ids.items[i] = str_fmt(
			w->a, "%.*s%s",
			STR_ARG(world_token(w, kind->table, w->orgs[org], id_value(ids.items[i]))),
			kind->suffix ? kind->suffix : "");
	return ids;
}

/* Somebody who has joined a workshop of `org` on this device. */
static const char *in_the_room(struct world *w, enum world_org org, int64_t participant)
{
	return str_fmt(w->a, "Cookie: room=%.*s\nSec-Fetch-Site: same-origin\n",
		       STR_ARG(world_token(w, "participant", w->orgs[org], participant)))
		.data;
}

/* Whoever has a sheet outside organisations may keep it in an own one. */
static void add_keeping(struct maker *m, const struct route *route, struct str link)
{
	struct cell c = { .kind = CELL_MAY,
			  .own = FALCON,
			  .also = PUBLIC,
			  .headers = m->w->members[FALCON][ROLE_OWNER].headers };

	for (const struct arg_spec *s = route->args->specs; s->name; s++)
		if (s->source == ARG_FORM && strcmp(s->name, "org") == 0)
			add(m, route, FALCON, link, NULL, c);
}

/* Everybody may who has the link; those who have a session too. */
static void add_live(struct maker *m, const struct route *route, const struct link_kind *kind)
{
	struct strs links = links_of(m->w, kind, kind->live);
	const char *const askers[] = {
		"Sec-Fetch-Site: same-origin\n", m->w->members[FALCON][ROLE_OWNER].headers,
		kind->is_code ? in_the_room(m->w, KESTREL, WORLD_ROOM) : NULL,
		kind->is_code ? in_the_room(m->w, FALCON, WORLD_OTHER_ROOM) : NULL
	};
	struct cell c = { .kind = CELL_MAY,
			  .own = kind->is_public ? PUBLIC : KESTREL,
			  .also = WORLD_ORGS };

	for (size_t i = 0; i < links.n; i++)
		for (size_t k = 0; k < sizeof askers / sizeof *askers && askers[k]; k++) {
			c.headers = askers[k];
			c.also = k == 1 ? FALCON : WORLD_ORGS;
			add(m, route, KESTREL, links.items[i], NULL, c);
		}
	for (size_t i = 0; kind->is_public && i < links.n; i++)
		add_keeping(m, route, links.items[i]);
	/* An id in the form of another organisation, whose link one does not have. */
	c.kind = CELL_FOREIGN_ID;
	c.changes_own = true; /* a department that is known is not asked for */
	c.also = FALCON;      /* what was typed is shown again */
	c.headers = askers[0];
	c.statuses[0] = 422;
	c.statuses[1] = 303; /* where one has begun already, what was chosen is not looked at */
	c.statuses[2] = 403; /* not open yet */
	c.statuses[3] = 410; /* closed */
	c.statuses[4] = 401; /* one has to be signed in for it */
	c.statuses[5] = 404;
	for (const struct arg_spec *s = route->args->specs; s->name; s++)
		for (size_t i = 0; id_kind_of(s) && i < links.n; i++)
			add(m, route, FALCON, links.items[i], NULL, c);
}

static void add_not_live(struct maker *m, const struct route *route, const struct link_kind *kind)
{
	struct cell c = { .kind = CELL_DEAD_LINK,
			  .own = WORLD_ORGS,
			  .also = WORLD_ORGS,
			  .statuses = { 410, 404 } };
	struct strs links = { .n = 0 };

	c.headers = "Sec-Fetch-Site: same-origin\n";
	if (kind->dead)
		links = links_of(m->w, kind, kind->dead);
	for (size_t i = 0; i < links.n; i++)
		add(m, route, KESTREL, links.items[i], NULL, c);
	c.kind = CELL_WRONG_LINK;
	c.statuses[0] = 404;
	for (size_t k = 0; k < sizeof link_kinds / sizeof *link_kinds; k++) {
		/* A round's sheet has its participant's link. */
		if (strcmp(link_kinds[k].permission, kind->permission) == 0 ||
		    strcmp(link_kinds[k].table, kind->table) == 0)
			continue;
		links = links_of(m->w, &link_kinds[k], link_kinds[k].live);
		add(m, route, KESTREL, links.items[0], NULL, c);
	}
}

/* False when the permission is not a link's. */
static bool add_link_route(struct maker *m, const struct route *route)
{
	bool is_link = false;

	for (size_t i = 0; i < sizeof link_kinds / sizeof *link_kinds; i++) {
		if (strcmp(link_kinds[i].permission, route->permission->name) != 0)
			continue;
		is_link = true;
		add_live(m, route, &link_kinds[i]);
		add_not_live(m, route, &link_kinds[i]);
	}
	return is_link;
}

/* ---- the others ---- */

/* What is somebody else's own: their sessions. Nothing may come of it. */
static void add_others_own(struct maker *m, const struct route *route)
{
	struct cell c = { .kind = CELL_FOREIGN_ID,
			  .own = FALCON,
			  .also = WORLD_ORGS,
			  .headers = m->w->members[FALCON][ROLE_OWNER].headers,
			  .statuses = { 404, 303 } };

	for (const struct arg_spec *s = route->args ? route->args->specs : NULL; s && s->name; s++)
		if (id_kind_of(s))
			add(m, route, FALCON, NO_LINK, s->name, c);
}

static void add_other_route(struct maker *m, const struct route *route)
{
	bool is_admin = strcmp(route->permission->name, "admin") == 0;
	bool is_account = strcmp(route->permission->name, "account") == 0;
	struct cell c = {
		.kind = CELL_MAY, .own = KESTREL, .also = WORLD_ORGS, .sees_all = is_admin
	};

	if (!is_admin && !is_account && strcmp(route->permission->name, "public") != 0)
		fail_msg("%s: permission %s is not known to the matrix: add it to cells.c",
			 route->path, route->permission->name);
	c.headers = is_admin ? m->w->admin.headers : m->w->members[KESTREL][ROLE_OWNER].headers;
	if (!is_account && !is_admin)
		c.headers = "Sec-Fetch-Site: same-origin\n";
	add(m, route, KESTREL, NO_LINK, NULL, c);
	if (!is_account && !is_admin)
		return;
	c = (struct cell){ .kind = CELL_ANONYMOUS,
			   .own = WORLD_ORGS,
			   .also = WORLD_ORGS,
			   .statuses = { turned_away(route) } };
	add(m, route, KESTREL, NO_LINK, NULL, c);
	c.kind = CELL_FORMER;
	for (int i = 0; i < FORMER_REMOVED; i++) {
		c.headers = m->w->former[i].headers;
		add(m, route, KESTREL, NO_LINK, NULL, c);
	}
	if (!is_admin) {
		add_others_own(m, route);
		return;
	}
	c.kind = CELL_LOWER;
	c.own = KESTREL;
	c.headers = m->w->members[KESTREL][ROLE_OWNER].headers;
	c.statuses[0] = 403;
	add(m, route, KESTREL, NO_LINK, NULL, c);
}

struct cells cells_make(struct world *w)
{
	struct maker m = { .w = w };

	for (size_t t = 0; all_routes[t]; t++)
		for (const struct route *r = all_routes[t]; r->handler; r++) {
			int permission = org_permission(r);

			/* The calculators store nothing and know nobody. */
			if (r->is_api)
				continue;
			if (permission >= 0)
				add_org_route(&m, r, permission);
			else if (!add_link_route(&m, r))
				add_other_route(&m, r);
		}
	for (const struct job *job = jobs; job->name; job++)
		*vec_push(w->a, &m.list) = (struct cell){ .kind = CELL_JOB,
							  .job = job,
							  .path = job->name,
							  .form = "",
							  .own = KESTREL,
							  .also = WORLD_ORGS,
							  .changes_own = true,
							  .statuses = { 200 } };
	return (struct cells){ m.list.items, m.list.n };
}

/* ---- trying ---- */

/* What a page says; of an archive, what is in it. */
static struct str said_by(struct world *w, const struct response *got)
{
	return str_starts(got->body, S("PK")) ? unzip_text(w->a, got->body) : got->body;
}

/* An export's rows without a text hold the organisation's id at least. */
static bool has_id(struct world *w, const struct cell *cell, const struct response *got, int org,
		   struct str said)
{
	return got->body.data != said.data && org != PUBLIC && (enum world_org)org != cell->own &&
	       str_contains(said, id_text(w->a, w->orgs[org]));
}

/* The marker of an organisation that must not be there; NULL when none is. */
static const char *shown(struct world *w, const struct response *got, const struct cell *cell)
{
	struct str said = said_by(w, got);

	for (int org = 0; org < WORLD_ORGS; org++) {
		struct str marker = str_from(world_markers[org]);
		bool may = cell->sees_all || (enum world_org)org == cell->own ||
			   (enum world_org)org == cell->also;

		for (size_t i = 0; !may && i < got->headers.n; i++)
			if (str_contains(got->headers.items[i].value, marker))
				return marker.data;
		if (has_id(w, cell, got, org, said) || (!may && str_contains(said, marker)))
			return marker.data;
	}
	return NULL;
}

static bool is_right(const struct cell *cell, int status)
{
	for (size_t i = 0; i < sizeof cell->statuses / sizeof *cell->statuses; i++)
		if (cell->statuses[i] && cell->statuses[i] == status)
			return true;
	return cell->statuses[0] == 0 && status < 500;
}

/* Who refuses changes nothing; who may changes one's own, and what belongs to nobody. */
static int wrongly_changed(const struct world *w, const struct cell *cell)
{
	for (int i = 0; i < OWNERS; i++) {
		bool may = (cell->kind == CELL_MAY || cell->changes_own) &&
			   (i == (int)cell->own || i == OWNER_NOBODY || i == PUBLIC);

		if (w->was_changed[i] && !may)
			return i;
	}
	return -1;
}

struct str cell_try(struct world *w, const struct cell *cell, struct response *ret)
{
	const char *own_page = "Sec-Fetch-Site: same-origin\n";
	struct response got =
		cell->job ? world_do(w, cell->job->run)
			  : world_try(w, cell->route->method, cell->path,
				      cell->headers ? cell->headers : own_page, cell->form);
	const char *marker = shown(w, &got, cell);
	int changed = wrongly_changed(w, cell);

	*ret = got;
	if (!is_right(cell, got.status))
		return str_fmt(w->a, "answers %d", got.status);
	if (marker)
		return str_fmt(w->a, "answers %d and shows %s", got.status, marker);
	if (changed >= 0)
		return str_fmt(w->a, "answers %d and changes rows of %s", got.status,
			       changed == OWNER_NOBODY ? "the installation"
						       : world_markers[changed]);
	return (struct str){ "", 0 };
}
