/* Lists of people: see invite.h. */
#include "rounds/invite.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "people/opaque.h"
#include "people/people.h"
#include "rounds/invite_priv.h"
#include "rounds/queries.h"

struct field {
	struct str text;
	enum invite_field is;
	int column;
};

/* Of one line. */
struct fields {
	struct field items[INVITE_COLUMNS_MAX];
	size_t n;
};

struct reading {
	struct arena *a;
	const struct invite_known *known;
	struct map seen; /* addresses, of the list and of before */
	struct invitations VEC(struct invitation) people;
	struct VEC(struct invite_fault) faults;
	enum invite_wrong is_twice, is_known; /* what `seen` points at */
	char separator;
	bool has_begun; /* a line that says something was read */
	bool has_heading;
	struct invite_heading heading;
	int line;
	struct str text; /* of that line, whole */
	/* What column_at() has counted of it. */
	size_t counted;
	int column;
	struct str *keys; /* of the departments, by name_key() */
};

/* Whether so much is wrong that the rest need not be looked at: nobody is invited anyway. */
static bool is_enough(const struct reading *rd)
{
	return rd->faults.n == INVITE_FAULTS_MAX;
}

/* As much of it as one recognises it by. */
static struct str shown(struct arena *a, struct str text)
{
	struct str head = utf8_prefix(text, INVITE_VALUE_MAX);

	return head.len == text.len ? text : str_fmt(a, "%.*s…", STR_ARG(head));
}

static void complain(struct reading *rd, const struct field *f, enum invite_wrong wrong)
{
	if (!is_enough(rd))
		*vec_push(rd->a, &rd->faults) =
			(struct invite_fault){ rd->line, f->is, f->column, wrong,
					       shown(rd->a, f->text) };
}

/* Of the line, not of one of its fields. */
static void complain_of_line(struct reading *rd, enum invite_wrong wrong)
{
	complain(rd, &(struct field){ .is = INVITE_FIELDS, .column = 1 }, wrong);
}

/* Where `part` of the line begins. Most are asked for from left to right, so that a line is counted once. */
static int column_at(struct reading *rd, struct str part)
{
	size_t at = (size_t)(part.data - rd->text.data);

	if (at < rd->counted)
		rd->counted = 0;
	if (rd->counted == 0)
		rd->column = 1;
	rd->column += (int)utf8_count(str_slice(rd->text, rd->counted, at));
	rd->counted = at;
	return rd->column;
}

/* `part` of the line that is read, without what surrounds it. */
static struct field field_of(struct reading *rd, struct str part, enum invite_field is)
{
	return (struct field){ utf8_line(rd->a, part), is, column_at(rd, part) };
}

/* ---- fields of a line ---- */

/* What separates the fields of lines without tabs. Commas do in a list without semicolons that has them beside an
 * address: elsewhere, "Lovelace, Ada" is one name. */
static char separator_of(struct str text)
{
	struct str rest = text;

	if (str_contains(text, S(";")))
		return ';';
	while (rest.data) {
		struct str line = str_cut(&rest, '\n');

		if (str_contains(line, S(",")) && str_contains(line, S("@")))
			return ',';
	}
	return ';';
}

static char separator_of_line(const struct reading *rd, struct str line)
{
	/* A tab where there is one: a spreadsheet was copied. */
	if (str_contains(line, S("\t")))
		return '\t';
	if (str_contains(line, S(";")))
		return ';';
	return str_contains(line, S("@")) && str_contains(line, S(",")) ? ',' : rd->separator;
}

/* Where the quote at the front of `s` is closed, past those that are doubled; its length if nowhere. */
static size_t closing_quote(struct str s)
{
	size_t i = 1;

	while (i < s.len && (s.data[i] != '"' || (i + 1 < s.len && s.data[i + 1] == '"')))
		i += s.data[i] == '"' ? 2 : 1;
	return i < s.len ? i : s.len;
}

/* The text in quotes at the front of *rest, doubled ones undone. 0, or 1 when it is not closed. */
static int take_quoted(struct arena *a, struct str *rest, struct str *ret)
{
	size_t end = closing_quote(*rest), n = 0;
	char *out;

	if (end == rest->len)
		return 1;
	out = arena_new(a, char, end);
	for (size_t i = 1; i < end; i++) {
		i += rest->data[i] == '"';
		out[n++] = rest->data[i];
	}
	*ret = str_make(out, n);
	*rest = str_slice(*rest, end + 1, rest->len);
	return 0;
}

/* Cuts the line into its fields. False after a complaint. */
static bool cut_line(struct reading *rd, struct fields *ret)
{
	struct str rest = rd->text;
	char separator = separator_of_line(rd, rd->text);

	for (ret->n = 0; rest.data; ret->n++) {
		enum invite_field is =
			ret->n < INVITE_FIELDS ? (enum invite_field)ret->n : INVITE_FIELDS;
		struct field f = { .text = rest, .is = is, .column = column_at(rd, rest) };
		struct str quoted;

		if (ret->n == INVITE_COLUMNS_MAX) {
			complain(rd, &f, INVITE_EXTRA);
			return false;
		}
		if (rest.len && rest.data[0] == '"') {
			if (take_quoted(rd->a, &rest, &quoted) != 0 ||
			    str_trim(str_cut(&rest, separator)).len > 0) {
				complain(rd, &f, INVITE_QUOTE);
				return false;
			}
			f.text = utf8_line(rd->a, quoted);
		} else {
			f.text = utf8_line(rd->a, str_cut(&rest, separator));
		}
		ret->items[ret->n] = f;
	}
	return true;
}

/* ---- what the fields mean ---- */

static bool is_address(struct str s)
{
	return str_contains(s, S("@"));
}

static void read_email(struct reading *rd, const struct field *f, struct invitation *ret)
{
	const enum invite_wrong *before;

	if (f->text.len == 0)
		return;
	if (email_normalise(rd->a, f->text, &ret->email) != 0) {
		complain(rd, f, INVITE_EMAIL);
		return;
	}
	before = map_get(&rd->seen, ret->email);
	if (before) {
		complain(rd, f, *before);
		return;
	}
	(void)map_add(&rd->seen, ret->email, &rd->is_twice);
}

static void read_department(struct reading *rd, const struct field *f, struct invitation *ret)
{
	struct str key;

	if (f->text.len == 0)
		return;
	key = name_key(rd->a, f->text);
	for (size_t i = 0; i < rd->known->n_departments; i++)
		if (str_eq(rd->keys[i], key)) {
			ret->department_id = rd->known->departments[i].id;
			return;
		}
	complain(rd, f, INVITE_DEPARTMENT);
}

static void read_language(struct reading *rd, const struct field *f, struct invitation *ret)
{
	enum language l;

	if (f->text.len == 0)
		return;
	if (language_parse(f->text, &l) != 0)
		complain(rd, f, INVITE_LANGUAGE);
	else
		ret->language = language_code(l);
}

/* Which field of a person a column is of. */
static const enum invite_field invite_field_of[] = {
	[COLUMN_OTHER] = INVITE_FIELDS,
	[COLUMN_NAME] = INVITE_FIELD_NAME,
	[COLUMN_FIRST_NAME] = INVITE_FIELD_NAME,
	[COLUMN_LAST_NAME] = INVITE_FIELD_NAME,
	[COLUMN_EMAIL] = INVITE_FIELD_EMAIL,
	[COLUMN_DEPARTMENT] = INVITE_FIELD_DEPARTMENT,
	[COLUMN_LANGUAGE] = INVITE_FIELD_LANGUAGE,
};
static const struct field no_field = { .text = STR(""), .column = 1 };

/* One more person; each field may be empty. */
static void add_person(struct reading *rd, const struct field *name, const struct field *email,
		       const struct field *department, const struct field *language)
{
	struct invitation one = { .name = name->text };

	if (name->text.len == 0 && email->text.len == 0)
		complain_of_line(rd, INVITE_NOBODY);
	if (utf8_count(name->text) > PARTICIPANT_NAME_MAX)
		complain(rd, name, INVITE_TOO_LONG);
	if (is_address(name->text))
		complain(rd, name, INVITE_EMAIL);
	read_email(rd, email, &one);
	read_department(rd, department, &one);
	read_language(rd, language, &one);
	if (rd->people.n + rd->known->n_people >= PARTICIPANTS_MAX)
		complain_of_line(rd, INVITE_TOO_MANY);
	else
		*vec_push(rd->a, &rd->people) = one;
}

static void add_address(struct reading *rd, struct field email)
{
	email.is = INVITE_FIELD_EMAIL;
	add_person(rd, &no_field, &email, &no_field, &no_field);
}

/* ---- as mail programs write: Ada Lovelace <ada@example.org>, "Turing, Alan" <alan@example.org> ---- */

/* What no address stands before is taken for one even if it is none: it is what is wrong there. */
static bool is_mailboxes(struct str line)
{
	struct str rest = line, before = str_cut(&rest, '<'), inside = str_cut(&rest, '>');

	return rest.data && (is_address(inside) || !is_address(before));
}

static bool is_separator(char c)
{
	return c == ',' || c == ';' || c == '\t';
}

/* The text up to the next separator off the front of *rest, whose data is NULL when it was the last. */
static struct str cut_piece(struct str *rest)
{
	for (size_t i = 0; i < rest->len; i++)
		if (is_separator(rest->data[i])) {
			struct str head = str_slice(*rest, 0, i);

			*rest = str_slice(*rest, i + 1, rest->len);
			return head;
		}
	return str_cut(rest, '\n');
}

/* What stands before an address in brackets: addresses alone, after which nobody is alone in the line, then a name. */
static struct field take_name(struct reading *rd, struct str before, bool *is_alone)
{
	struct str rest = before, piece = cut_piece(&rest), quoted;
	struct field f;

	while (rest.data && !is_enough(rd) && (is_address(piece) || str_trim(piece).len == 0) &&
	       !str_contains(piece, S("\""))) {
		f = field_of(rd, piece, INVITE_FIELD_EMAIL);
		if (f.text.len) {
			add_address(rd, f);
			*is_alone = false;
		}
		before = rest;
		piece = cut_piece(&rest);
	}
	while (before.len && is_separator(before.data[before.len - 1]))
		before.len--;
	f = field_of(rd, before, INVITE_FIELD_NAME);
	if (str_starts(f.text, S("\""))) {
		rest = f.text;
		if (take_quoted(rd->a, &rest, &quoted) == 0 && str_trim(rest).len == 0)
			f.text = utf8_line(rd->a, quoted);
		else
			complain(rd, &f, INVITE_QUOTE);
	}
	return f;
}

static bool is_same_address(struct str name, struct str email)
{
	if (name.len > 1 && name.data[0] == '\'' && name.data[name.len - 1] == '\'')
		name = str_slice(name, 1, name.len - 1);
	return str_eq_nocase(name, email);
}

/* What follows the last bracket: more addresses, or the department and language of the one person. */
static void read_after(struct reading *rd, struct str rest, const struct field *name,
		       const struct field *email, bool is_alone)
{
	struct field beside[3] = { no_field, no_field, no_field }; /* nothing stands in the first */

	if (!is_alone || is_address(rest)) {
		add_person(rd, name, email, &no_field, &no_field);
		while (rest.data && !is_enough(rd)) {
			struct field f = field_of(rd, cut_piece(&rest), INVITE_FIELD_EMAIL);

			if (f.text.len)
				add_address(rd, f);
		}
		return;
	}
	for (size_t i = 0; rest.data && !is_enough(rd); i++) {
		struct field f = field_of(rd, cut_piece(&rest), INVITE_FIELDS);

		if (f.text.len && (i == 0 || i > 2))
			complain(rd, &f, INVITE_EXTRA);
		else if (i <= 2)
			beside[i] = f;
	}
	beside[1].is = INVITE_FIELD_DEPARTMENT;
	beside[2].is = INVITE_FIELD_LANGUAGE;
	add_person(rd, name, email, &beside[1], &beside[2]);
}

static void read_mailboxes(struct reading *rd)
{
	struct str rest = rd->text;
	bool is_alone = true, goes_on = true;

	while (goes_on && !is_enough(rd)) {
		struct field name = take_name(rd, str_cut(&rest, '<'), &is_alone);
		struct field email = field_of(rd, str_cut(&rest, '>'), INVITE_FIELD_EMAIL);

		if (is_same_address(name.text, email.text))
			name.text = S("");
		goes_on = is_mailboxes(rest);
		if (goes_on)
			add_person(rd, &name, &email, &no_field, &no_field);
		else
			read_after(rd, rest, &name, &email, is_alone);
		is_alone = false;
	}
}

/* ---- lines ---- */

/* Several people, an address each. */
static bool is_addresses(const struct fields *fields)
{
	size_t n = 0;

	for (size_t i = 0; i < fields->n; i++)
		n += is_address(fields->items[i].text);
	return n > 1 && is_address(fields->items[0].text);
}

/* An address alone stands where the name would: no name has an @. */
static void take_lone_address(struct field *name, struct field *email)
{
	if (email->text.len == 0 && is_address(name->text)) {
		*email = (struct field){ name->text, INVITE_FIELD_EMAIL, name->column };
		name->text = S("");
	}
}

/* By their places: name, address, department, language. */
static void read_places(struct reading *rd, struct fields *fields)
{
	struct field *f = fields->items;

	for (size_t i = INVITE_FIELDS; i < fields->n; i++)
		if (f[i].text.len) {
			complain(rd, &f[i], INVITE_EXTRA);
			return;
		}
	take_lone_address(&f[0], &f[1]);
	add_person(rd, &f[0], &f[1], &f[2], &f[3]);
}

/* By what the heading says of the columns. */
static void read_columns(struct reading *rd, const struct fields *fields)
{
	struct field by[COLUMN_LANGUAGE + 1], *first = &by[COLUMN_FIRST_NAME],
					      *name = &by[COLUMN_NAME], *email = &by[COLUMN_EMAIL];

	for (size_t i = 0; i <= COLUMN_LANGUAGE; i++)
		by[i] = no_field;
	by[COLUMN_NAME].is = by[COLUMN_FIRST_NAME].is = INVITE_FIELD_NAME;
	for (size_t i = 0; i < fields->n; i++) {
		struct field f = fields->items[i];
		enum invite_column is = i < rd->heading.n ? rd->heading.columns[i] : COLUMN_OTHER;

		f.is = invite_field_of[is];
		if (i < rd->heading.n)
			by[is] = f;
		else if (f.text.len)
			complain(rd, &f, INVITE_UNNAMED);
	}
	if (name->text.len == 0)
		*name = by[COLUMN_LAST_NAME];
	if (first->text.len)
		name->text = utf8_line(rd->a, str_fmt(rd->a, "%.*s %.*s", STR_ARG(first->text),
						      STR_ARG(name->text)));
	take_lone_address(name, email);
	/* Where no name is known, exports repeat the address. */
	if (str_eq_nocase(name->text, email->text))
		name->text = S("");
	add_person(rd, name, email, &by[COLUMN_DEPARTMENT], &by[COLUMN_LANGUAGE]);
}

static bool read_heading(struct reading *rd, const struct fields *fields)
{
	struct str texts[INVITE_COLUMNS_MAX];

	for (size_t i = 0; i < fields->n; i++)
		texts[i] = fields->items[i].text;
	rd->has_heading = invite_heading_read(rd->a, texts, fields->n, &rd->heading);
	return rd->has_heading;
}

static void read_line(struct reading *rd, struct str line)
{
	struct fields fields = { .n = 0 };
	bool is_first = !rd->has_begun;

	rd->text = line;
	rd->counted = 0;
	if (utf8_line(rd->a, line).len == 0)
		return;
	rd->has_begun = true;
	if (!rd->has_heading && is_mailboxes(line)) {
		read_mailboxes(rd);
		return;
	}
	for (size_t i = 0; i < INVITE_COLUMNS_MAX; i++)
		fields.items[i] = no_field;
	if (!cut_line(rd, &fields) || (is_first && read_heading(rd, &fields)))
		return;
	if (rd->has_heading)
		read_columns(rd, &fields);
	else if (!is_addresses(&fields))
		read_places(rd, &fields);
	else
		for (size_t i = 0; i < fields.n; i++)
			if (fields.items[i].text.len)
				add_address(rd, fields.items[i]);
}

struct invite_list invite_parse(struct arena *a, struct str text, const struct invite_known *known)
{
	struct reading rd = {
		.a = a,
		.known = known,
		.seen = map_make(a),
		.is_twice = INVITE_TWICE,
		.is_known = INVITE_KNOWN,
		.separator = separator_of(text),
		.keys = arena_new(a, struct str, known->n_departments),
	};
	struct str rest = text;

	for (size_t i = 0; i < known->n_emails; i++)
		(void)map_add(&rd.seen, known->emails[i], &rd.is_known);
	for (size_t i = 0; i < known->n_departments; i++)
		rd.keys[i] = name_key(a, known->departments[i].name);
	while (rest.data && !is_enough(&rd)) {
		struct str line = str_cut(&rest, '\n');

		rd.line++;
		/* What spreadsheets put before their first character. */
		if (rd.line == 1 && str_starts(line, S("\xEF\xBB\xBF")))
			line = str_slice(line, 3, line.len);
		read_line(&rd, line);
	}
	return (struct invite_list){ rd.people.items, rd.people.n, rd.faults.items, rd.faults.n };
}

int invite_known_emails(struct db *db, struct arena *a, const struct round *round, struct str **ret,
			size_t *ret_n, struct err *err)
{
	struct rounds_participant_known_rows rows;
	int r = rounds_participant_known(db, a, round->org_id, round->id, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct str, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = rows.items[i].email;
	*ret_n = rows.n;
	return 0;
}
