#include "view/form.h"

#include "page.h"
#include "request.h"

static struct form form_of(struct req *rq)
{
	struct form f = form_make(rq, "f", S("/data/save"), "Save", true);
	struct form_field *where;

	form_line(&f, "title", "Title", S(""), 20)->hint = S("In a <few> words.");
	(void)form_optional(&f, form_text(&f, "detail", "Detail", S("\n<b>"), 30, 4));
	(void)form_number(&f, "votes", "Effort", S("3"), 1, 120);
	where = form_choose(&f, FIELD_SELECT, "where", "Milestone", S("b"));
	where->asks = true;
	(void)form_offer(&f, where, S("a"), S("A"));
	(void)form_offer(&f, where, S("b"), S("B & C"));
	(void)form_box(&f, "late", "Overdue only", true);
	return f;
}

static struct str written(struct req *rq, const struct form *f)
{
	struct view v = view_make(rq);

	view_errors(&v, f);
	view_form(&v, f);
	return view_html(&v).markup;
}

/* Where `part` stands for the first time; the page's length when it does not. */
static size_t place(struct str page, const char *part)
{
	size_t i = 0;

	while (i < page.len && !str_starts(str_slice(page, i, page.len), str_from(part)))
		i++;
	return i;
}

static int times(struct str page, const char *part)
{
	int n = 0;

	for (size_t i = place(page, part); i < page.len; i = place(page, part)) {
		page = str_slice(page, i + 1, page.len);
		n++;
	}
	return n;
}

/* Names, hints and faults belong to their field; what browsers would refuse is left to the server. */
static void places_each_field(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct form f = form_of(&rq);
	struct str page;

	form_hide(&f, "version", S("\"4\""));
	page = written(&rq, &f);
	assert_true(str_starts(
		page, S("<form class=\"flow\" method=\"post\" action=\"/data/save\" novalidate>")));
	assert_has(page, "name=\"version\" value=\"&#34;4&#34;\">");
	assert_has(page, "<label for=\"f-title\">Title</label>");
	assert_has(
		page,
		"<input class=\"in\" id=\"f-title\" name=\"title\" type=\"text\" value=\"\" maxlength=\"20\" "
		"autocomplete=\"off\" aria-describedby=\"f-title-hint f-title-fault\" required>");
	assert_has(page, "<p class=\"hint\" id=\"f-title-hint\">In a &lt;few&gt; words.</p>");
	assert_has(page, "Detail <span class=\"muted\">(optional)</span></label>");
	assert_has(page,
		   "aria-describedby=\"f-detail-hint f-detail-fault\">\n\n&lt;b&gt;</textarea>");
	assert_has(page, "type=\"number\" value=\"3\" min=\"1\" max=\"120\"");
	assert_has(page, "required>\n<option value=\"\">Choose…</option>");
	assert_has(page, "<option value=\"a\">A</option>\n"
			 "<option value=\"b\" selected>B &amp; C</option>");
	assert_has(page, "name=\"late\" value=\"1\" checked");
	assert_lacks(page, "aria-invalid");
	assert_lacks(page, "errors");
}

static void places_pairs_once(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct form f = form_of(&rq);
	struct str page;

	form_pair(&f.fields[0], &f.fields[2]);
	page = written(&rq, &f);
	assert_has(page, "<div class=\"pair\">");
	assert_int_equal(times(page, "id=\"f-votes\""), 1);
	assert_true(place(page, "id=\"f-votes\"") < place(page, "id=\"f-detail\""));
}

static void groups_have_a_legend(void **state)
{
	static const enum field_kind kinds[] = { FIELD_CARDS, FIELD_LINES, FIELD_BOXES };
	struct req rq = request_make(*state, LANG_EN);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct form f = form_make(&rq, NULL, S("/"), "Save", false);
		struct form_field *field = form_choose(&f, kinds[i], "role", "Role", S("b"));
		struct str page;

		form_offer(&f, field, S("a"), S("A"))->detail = S("reads");
		(void)form_offer(&f, field, S("b"), S("B"));
		page = written(&rq, &f);
		assert_has(page,
			   "<fieldset class=\"field\" aria-describedby=\"role-hint role-fault\">\n"
			   "<legend class=\"lab\">Role</legend>");
		assert_int_equal(times(page, "id=\"role\""), 1);
		if (kinds[i] == FIELD_BOXES)
			assert_has(page, "name=\"role-b\" value=\"1\" checked");
		else
			assert_has(page, "name=\"role\" value=\"b\" checked");
	}
}

/* One list leads to all faults; each stands beside its field too, with what was typed. */
static void tells_every_fault(void **state)
{
	const struct arg_error errors[] = {
		{ "detail", ARG_TOO_LONG, S("too <long>") },
		{ "votes", ARG_NOT_A_NUMBER, S("many") },
		{ "where", ARG_TOO_LONG, S("elsewhere") },
		{ "version", ARG_NOT_A_NUMBER, S("x") },
	};
	struct req rq = request_make(*state, LANG_EN);
	struct form f = form_of(&rq);
	struct str page;

	rq.arg_errors = errors;
	rq.n_arg_errors = sizeof errors / sizeof *errors;
	form_check(&f);
	assert_int_equal(f.n_faults, 4);
	page = written(&rq, &f);
	assert_true(str_starts(
		page, S("<div class=\"note bad errors\" role=\"alert\" tabindex=\"-1\">")));
	assert_has(page, "<h2>4 fields need a correction</h2>");
	assert_has(page, "<a href=\"#f-title\">Title: Fill this field in.</a>");
	assert_has(page,
		   "<a href=\"#f-detail\">Detail: This is too long: 30 characters at most.</a>");
	assert_has(page, "<a href=\"#f-votes\">Effort: Give a whole number between 1 and 120.</a>");
	assert_has(page, "<a href=\"#f-where\">Milestone: Choose from the list.</a>");
	assert_has(page, "too &lt;long&gt;</textarea>");
	assert_has(page, "value=\"many\"");
	assert_int_equal(times(page, "aria-invalid=\"true\""), 4);
	rq.language = LANG_FR;
	assert_has(written(&rq, &f), "4 champs sont à corriger");
}

/* A password is looked at by whoever knows it, and shown to nobody. */
static void keeps_secrets(void **state)
{
	const struct arg_error error = { "password", ARG_TOO_LONG, S("hunter2") };
	struct req rq = request_make(*state, LANG_EN);
	struct form f = form_make(&rq, "f", S("/"), "Save", true);

	form_line(&f, "password", "Password", S(""), 5)->is_secret = true;
	form_check(&f);
	assert_int_equal(f.n_faults, 0);
	rq.arg_errors = &error;
	rq.n_arg_errors = 1;
	form_check(&f);
	assert_int_equal(f.n_faults, 1);
	assert_lacks(written(&rq, &f), "hunter2");
}

static void accepts_what_is_right(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct form f = form_of(&rq);

	f.fields[0].value = S("x");
	form_check(&f);
	assert_int_equal(f.n_faults, 0);
	f.fields[0].value = S(" \t");
	form_check(&f);
	assert_int_equal(f.n_faults, 1);
}

TEST_MAIN(unit_test(places_each_field), unit_test(places_pairs_once),
	  unit_test(groups_have_a_legend), unit_test(tells_every_fault), unit_test(keeps_secrets),
	  unit_test(accepts_what_is_right))
