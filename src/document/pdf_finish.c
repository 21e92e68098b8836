/*
 * What cairo 1.16 cannot write is added to its file with libqpdf: the language, the title as the
 * window's, alternative texts, the scope of header cells, and artifacts. See pdf_priv.h.
 *
 * The structure tree keeps the order of drawing, so the nth figure met takes the nth alternative text.
 * Where cairo's tree is not what is expected here, libqpdf's own checks make the step do nothing.
 */
#include "document/pdf_priv.h"

#include <ctype.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

/* The walk through the structure tree. */
struct walk {
	qpdf_data q;
	const struct pdf *p;
	size_t n_figures, n_headers;
};

static bool is_element(struct walk *w, qpdf_oh element, const char *type)
{
	qpdf_oh name;
	bool is;

	if (!qpdf_oh_is_dictionary(w->q, element))
		return false;
	name = qpdf_oh_get_key(w->q, element, "/S");
	is = qpdf_oh_is_name_and_equals(w->q, name, type);
	qpdf_oh_release(w->q, name);
	return is;
}

static void set_key(struct walk *w, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(w->q, dictionary, key, value);
	qpdf_oh_release(w->q, value);
}

static void describe_figure(struct walk *w, qpdf_oh element)
{
	struct str text;

	if (w->n_figures == w->p->alternatives.n)
		return;
	text = w->p->alternatives.items[w->n_figures++];
	set_key(w, element, "/Alt", qpdf_oh_new_binary_unicode_string(w->q, text.data, text.len));
}

static void scope_header(struct walk *w, qpdf_oh element)
{
	if (w->n_headers == w->p->scopes.n)
		return;
	set_key(w, element, "/A",
		qpdf_oh_parse(w->q, w->p->scopes.items[w->n_headers++]
					    ? "<< /O /Table /Scope /Column >>"
					    : "<< /O /Table /Scope /Row >>"));
}

/* Completes `element` and what is under it; the tree is as deep as the writer nests tags. */
static void complete(struct walk *w, qpdf_oh element)
{
	qpdf_oh kids = qpdf_oh_get_key(w->q, element, "/K");

	if (is_element(w, element, "/Figure"))
		describe_figure(w, element);
	else if (is_element(w, element, "/TH"))
		scope_header(w, element);

	if (qpdf_oh_is_array(w->q, kids)) {
		for (int i = 0; i < qpdf_oh_get_array_n_items(w->q, kids);) {
			qpdf_oh kid = qpdf_oh_get_array_item(w->q, kids, i);

			if (is_element(w, kid, "/NonStruct")) {
				qpdf_oh_erase_item(w->q, kids, i);
			} else {
				i++;
				if (qpdf_oh_is_dictionary(w->q, kid))
					complete(w, kid);
			}
			qpdf_oh_release(w->q, kid);
		}
	} else if (is_element(w, kids, "/NonStruct")) {
		qpdf_oh_remove_key(w->q, element, "/K");
	} else if (qpdf_oh_is_dictionary(w->q, kids)) {
		complete(w, kids);
	}
	qpdf_oh_release(w->q, kids);
}

/* The parent tree's way back from marked content to elements: none from artifacts. */
static void forget_ornaments(struct walk *w, qpdf_oh tree)
{
	qpdf_oh nums = qpdf_oh_get_key(w->q, qpdf_oh_get_key(w->q, tree, "/ParentTree"), "/Nums");
	qpdf_oh none = qpdf_oh_new_null(w->q);

	for (int i = 1; i < qpdf_oh_get_array_n_items(w->q, nums); i += 2) {
		qpdf_oh parents = qpdf_oh_get_array_item(w->q, nums, i);

		for (int j = 0; qpdf_oh_is_array(w->q, parents) &&
				j < qpdf_oh_get_array_n_items(w->q, parents);
		     j++) {
			qpdf_oh parent = qpdf_oh_get_array_item(w->q, parents, j);

			if (is_element(w, parent, "/NonStruct"))
				qpdf_oh_set_array_item(w->q, parents, j, none);
			qpdf_oh_release(w->q, parent);
		}
		qpdf_oh_release(w->q, parents);
	}
}

/* The length of an ornament's opening operator at the start of `s`, or 0. */
static size_t ornament_length(struct str s)
{
	static const struct str open = STR("/NonStruct << /MCID "), close = STR(" >> BDC\n");
	size_t i = open.len;

	if (!str_starts(s, open))
		return 0;
	while (i < s.len && isdigit((unsigned char)s.data[i]))
		i++;
	return str_starts(str_slice(s, i, s.len), close) ? i + close.len : 0;
}

/* A page's content with its ornaments marked as artifacts. cairo begins each operator on a line of its
 * own, and inside a string breaks lines only after a backslash: no text of the document ends in the
 * way of an operator, so none can be taken for one. */
static struct str mark_artifacts(struct arena *a, struct str content)
{
	struct buf b = buf_make(a, content.len + 1);
	struct str rest = content;

	while (rest.data) {
		size_t n = ornament_length(rest);

		if (n) {
			buf_puts(&b, "/Artifact BMC\n");
			rest = str_slice(rest, n, rest.len);
		} else {
			buf_put(&b, str_cut(&rest, '\n'));
			if (rest.data)
				buf_putc(&b, '\n');
		}
	}
	return buf_str(&b);
}

static void complete_page(struct walk *w, struct arena *a, qpdf_oh page)
{
	unsigned char *data = NULL;
	size_t len = 0;
	qpdf_oh none, contents;
	struct str marked;

	set_key(w, page, "/Tabs", qpdf_oh_new_name(w->q, "/S"));
	if (qpdf_oh_get_page_content_data(w->q, page, &data, &len))
		return;
	marked = mark_artifacts(a, str_make((const char *)data, len));
	contents = qpdf_oh_get_key(w->q, page, "/Contents");
	none = qpdf_oh_new_null(w->q);
	qpdf_oh_replace_stream_data(w->q, contents, (const unsigned char *)marked.data, marked.len,
				    none, none);
	free(data);
}

static void complete_catalog(struct walk *w, qpdf_oh root)
{
	struct str language = w->p->doc->language;

	set_key(w, root, "/Lang",
		qpdf_oh_new_binary_unicode_string(w->q, language.data, language.len));
	set_key(w, root, "/ViewerPreferences", qpdf_oh_parse(w->q, "<< /DisplayDocTitle true >>"));
}

static void complete_file(struct walk *w, struct arena *a)
{
	qpdf_oh root = qpdf_get_root(w->q);
	qpdf_oh tree = qpdf_oh_get_key(w->q, root, "/StructTreeRoot");
	int pages = qpdf_get_num_pages(w->q);

	complete_catalog(w, root);
	forget_ornaments(w, tree);
	complete(w, tree);
	for (int i = 0; i < pages; i++)
		complete_page(w, a, qpdf_get_page_n(w->q, (size_t)i));
}

static int fault(qpdf_data q, struct err *err)
{
	qpdf_error e = qpdf_get_error(q);

	return err_set(err, FAULT_INTERNAL, "qpdf: %s",
		       e ? qpdf_get_error_full_text(q, e) : "no reason");
}

int pdf_finish(struct arena *a, struct pdf *p, struct str *ret, struct err *err)
{
	struct str made = buf_str(&p->out);
	struct walk w = { .q = qpdf_init(), .p = p };
	int r = 0;

	qpdf_silence_errors(w.q);
	qpdf_set_suppress_warnings(w.q, QPDF_TRUE);
	if (qpdf_read_memory(w.q, "document", made.data, made.len, NULL) & QPDF_ERRORS) {
		r = fault(w.q, err);
		goto out;
	}
	complete_file(&w, p->a);
	if (qpdf_has_error(w.q) || (qpdf_init_write_memory(w.q) & QPDF_ERRORS)) {
		r = fault(w.q, err);
		goto out;
	}
	qpdf_set_object_stream_mode(w.q, qpdf_o_generate);
	qpdf_set_deterministic_ID(w.q, QPDF_TRUE);
	if (qpdf_write(w.q) & QPDF_ERRORS) {
		r = fault(w.q, err);
		goto out;
	}
	*ret = str_dup(a,
		       str_make((const char *)qpdf_get_buffer(w.q), qpdf_get_buffer_length(w.q)));
out:
	qpdf_cleanup(&w.q);
	return r;
}
