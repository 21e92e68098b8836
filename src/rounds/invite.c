/* Lists of people: see invite.h. */
#include "rounds/invite.h"

#include "base/map.h"
#include "base/utf8.h"
#include "people/people.h"
#include "rounds/queries.h"

struct field {
	struct str text;
	enum invite_field is;
	int column;
};

struct reading {
	struct arena *a;
	const struct invite_known *known;
	struct map seen; /* addresses, of the list and of before */
	struct invitations VEC(struct invitation) people;
	struct VEC(struct invite_fault) faults;
	enum invite_wrong is_twice, is_known; /* what `seen` points at */
	char separator;
	int line;
};

static void complain(struct reading *rd, const struct field *f, enum invite_wrong wrong)
{
	if (rd->faults.n < INVITE_FAULTS_MAX)
		*vec_push(rd->a, &rd->faults) =
			(struct invite_fault){ rd->line, f->is, f->column, wrong, f->text };
}

/* Of the line, not of one of its fields. */
static void complain_of_line(struct reading *rd, enum invite_wrong wrong)
{
	complain(rd, &(struct field){ .is = INVITE_FIELDS, .column = 1 }, wrong);
}

/* ---- fields of a line ---- */

/* What separates the fields of lines without tabs. Commas do in a list without semicolons that has them beside an
 * address: elsewhere, "Lovelace, Ada" is one name. */
static char separator_of(struct str text)
{
	struct str rest = text;

	while (!str_contains(text, S(";")) && rest.data) {
		struct str line = str_cut(&rest, '\n');

		if (str_contains(line, S(",")) && str_contains(line, S("@")))
			return ',';
	}
	return ';';
}

/* The text in quotes at the front of *rest, doubled ones undone. 0, or 1 when it is not closed. */
static int take_quoted(struct arena *a, struct str *rest, struct str *ret)
{
	char *out = arena_new(a, char, rest->len);
	size_t n = 0, i = 1;

	for (; i < rest->len; i++) {
		if (rest->data[i] == '"') {
			if (i + 1 == rest->len || rest->data[i + 1] != '"')
				break;
			i++;
		}
		out[n++] = rest->data[i];
	}
	if (i >= rest->len)
		return 1;
	*ret = str_make(out, n);
	*rest = str_slice(*rest, i + 1, rest->len);
	return 0;
}

static int column_at(struct str line, struct str rest)
{
	return (int)utf8_count(str_make(line.data, line.len - rest.len)) + 1;
}

/* Cuts a line into its fields. False after a complaint. */
static bool cut_line(struct reading *rd, struct str line, struct field fields[INVITE_FIELDS])
{
	struct str rest = line;
	/* A tab where there is one: a spreadsheet was copied. */
	char separator = str_contains(line, S("\t")) ? '\t' : rd->separator;

	for (enum invite_field i = 0; rest.data; i++) {
		struct field f = { .is = i, .column = column_at(line, rest) };
		struct str quoted;

		f.text = rest;
		if (i == INVITE_FIELDS) {
			complain(rd, &f, INVITE_EXTRA);
			return false;
		}
		if (rest.len && rest.data[0] == '"') {
			if (take_quoted(rd->a, &rest, &quoted) != 0 ||
			    str_trim(str_cut(&rest, separator)).len > 0) {
				complain(rd, &f, INVITE_QUOTE);
				return false;
			}
			f.text = str_trim(quoted);
		} else {
			f.text = str_trim(str_cut(&rest, separator));
		}
		fields[i] = f;
	}
	return true;
}

/* ---- what the fields mean ---- */

static bool is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(s, str_from(*words)))
			return true;
	return false;
}

static bool is_heading(const struct field fields[INVITE_FIELDS])
{
	static const char *const names[] = {
		"nom", "name", "prénom et nom", "nom et prénom", "nom complet", "full name", NULL
	};
	static const char *const emails[] = { "email",          "e-mail",
					      "courriel",       "mail",
					      "adresse",        "address",
					      "adresse e-mail", "adresse électronique",
					      "e-mail address", NULL };

	return is_one_of(fields[0].text, names) && is_one_of(fields[1].text, emails);
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
	if (f->text.len == 0)
		return;
	for (size_t i = 0; i < rd->known->n_departments; i++)
		if (str_eq_nocase(rd->known->departments[i].name, f->text)) {
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

static void read_line(struct reading *rd, struct str line)
{
	struct field fields[INVITE_FIELDS] = { { .column = 1 } };
	struct invitation one = { .department_id = 0 };

	if (str_trim(line).len == 0 || !cut_line(rd, line, fields) ||
	    (rd->people.n == 0 && is_heading(fields)))
		return;
	/* An address alone: no name has an @. */
	if (fields[1].text.len == 0 && str_contains(fields[0].text, S("@"))) {
		fields[1] = (struct field){ fields[0].text, INVITE_FIELD_EMAIL, fields[0].column };
		fields[0].text = S("");
	}
	if (fields[0].text.len == 0 && fields[1].text.len == 0)
		complain_of_line(rd, INVITE_NOBODY);
	if (utf8_count(fields[0].text) > PARTICIPANT_NAME_MAX)
		complain(rd, &fields[0], INVITE_TOO_LONG);
	one.name = fields[0].text;
	read_email(rd, &fields[1], &one);
	read_department(rd, &fields[2], &one);
	read_language(rd, &fields[3], &one);
	if (rd->people.n + rd->known->n_people >= PARTICIPANTS_MAX)
		complain_of_line(rd, INVITE_TOO_MANY);
	else
		*vec_push(rd->a, &rd->people) = one;
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
	};
	struct str rest = text;

	for (size_t i = 0; i < known->n_emails; i++)
		(void)map_add(&rd.seen, known->emails[i], &rd.is_known);
	while (rest.data) {
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
