/* What stands around a DOCX's blocks: cover, contents, header, footer. See docx_priv.h. */
#include "document/docx_priv.h"

#include <string.h>

#include "base/utf8.h"

#define PAGE_SIZE "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"

enum { FIRST_LINE_MAX = 300 /* code points of a heading in the contents */ };

struct str docx_bookmark(struct docx *x, int n)
{
	return str_fmt(x->a, "_Toc%06d", n);
}

/* The cover is a section of its own, without header or footer, its text beside the pole. */
int docx_cover_page(struct docx *x)
{
	const struct document *d = x->doc;
	int r;

	docx_open(&x->body, "CoverBrand", "");
	r = docx_cover_picture(x);
	if (r)
		return r;
	docx_run(&x->body, "", S("Jalon"));
	docx_close(&x->body);
	r = docx_logo(x);
	if (r)
		return r;
	/* Where the pole begins, with a logo above it or not. */
	docx_open(&x->body, "Title", d->logo.len ? "<w:spacing w:before=\"900\"/>" : "");
	docx_run(&x->body, "", d->title);
	docx_close(&x->body);
	docx_paragraph(x, "Subtitle", d->subtitle);
	docx_paragraph(x, "CoverDetail", d->kind);
	docx_paragraph(x, "CoverDetail", d->author);
	docx_paragraph(x, "CoverDetail", d->date);
	buf_puts(&x->body,
		 "<w:p><w:pPr><w:sectPr>" PAGE_SIZE
		 "<w:pgMar w:top=\"1340\" w:right=\"1300\" w:bottom=\"1000\" w:left=\"2320\" "
		 "w:header=\"700\" w:footer=\"700\" w:gutter=\"0\"/></w:sectPr></w:pPr></w:p>\n");
	return 0;
}

void docx_section(struct docx *x)
{
	buf_puts(&x->body,
		 "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>"
		 "<w:footerReference w:type=\"default\" r:id=\"rId5\"/>"
		 "<w:type w:val=\"nextPage\"/>" PAGE_SIZE
		 "<w:pgMar w:top=\"1500\" w:right=\"1300\" w:bottom=\"1420\" w:left=\"1300\" "
		 "w:header=\"720\" w:footer=\"620\" w:gutter=\"0\"/></w:sectPr>\n");
}

static void field_mark(struct buf *b, const char *type)
{
	buf_fmt(b, "<w:r><w:fldChar w:fldCharType=\"%s\"/></w:r>", type);
}

static void field_code(struct buf *b, const char *code)
{
	field_mark(b, "begin");
	buf_fmt(b, "<w:r><w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>", code);
	field_mark(b, "separate");
}

/*
 * Title and link now; the page's number is a field without a result, because only the program that shows
 * the document knows its pages. Word fills it in when it prints, exports or is asked to update; asking
 * it to do so on opening makes it question the reader first, and then not always do it.
 */
static void put_entry(struct docx *x, const struct block *b, int n, bool is_first)
{
	struct buf *out = &x->body;
	struct str name = docx_bookmark(x, n);

	docx_open(out, block_level(b) == 1 ? "TOC1" : "TOC2", "");
	if (is_first)
		field_code(out, "TOC \\o \"1-2\" \\h \\z \\u");
	buf_fmt(out, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">", name.data);
	docx_run(out, "", utf8_prefix(b->text, FIRST_LINE_MAX));
	docx_run(out, "", S("\t"));
	field_code(out, str_fmt(x->a, "PAGEREF %s \\h", name.data).data);
	field_mark(out, "end");
	buf_puts(out, "</w:hyperlink>");
	docx_close(out);
}

void docx_contents(struct docx *x)
{
	const struct blocks *blocks = &x->doc->blocks;
	struct buf *out = &x->body;
	int n = 0;

	/* As a "building block", so that Word shows its button to update. */
	buf_puts(out, "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery "
		      "w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr>"
		      "<w:sdtContent>\n");
	docx_paragraph(x, "TOCHeading", x->doc->contents_title);
	for (size_t i = 0; i < blocks->n && !out->full; i++) {
		const struct block *b = &blocks->items[i];

		if (b->kind == BLOCK_HEADING && b->text.len && block_level(b) <= CONTENTS_LEVELS) {
			n++;
			put_entry(x, b, n, n == 1);
		}
	}
	buf_puts(out, "<w:p>");
	if (n)
		field_mark(out, "end");
	buf_puts(out, "<w:r><w:br w:type=\"page\"/></w:r></w:p></w:sdtContent></w:sdt>\n");
}

struct str docx_header(struct docx *x)
{
	struct buf b = buf_make(x->a, 1 << 16);

	buf_puts(&b, DOCX_DECLARATION "<w:hdr" DOCX_NAMESPACES ">");
	docx_open(&b, "Header", "");
	docx_run(&b, "", utf8_prefix(x->doc->title, FOOTER_MAX));
	docx_close(&b);
	buf_puts(&b, "</w:hdr>");
	return buf_str(&b);
}

/* A field that Word and others keep right by themselves. */
static void put_number(struct buf *b, const char *code)
{
	field_code(b, code);
	docx_run(b, "", S("1"));
	field_mark(b, "end");
}

static void put_label(struct buf *b, struct str label)
{
	while (label.len) {
		size_t n = 0;

		if (str_starts(label, S("{page}"))) {
			put_number(b, "PAGE");
			n = strlen("{page}");
		} else if (str_starts(label, S("{pages}"))) {
			put_number(b, "NUMPAGES");
			n = strlen("{pages}");
		} else {
			for (n = 1; n < label.len && label.data[n] != '{';)
				n++;
			docx_run(b, "", str_slice(label, 0, n));
		}
		label = str_slice(label, n, label.len);
	}
}

struct str docx_footer(struct docx *x)
{
	struct buf b = buf_make(x->a, 1 << 16);

	buf_puts(&b, DOCX_DECLARATION "<w:ftr" DOCX_NAMESPACES ">");
	docx_open(&b, "Footer", "");
	docx_run(&b, "", utf8_prefix(x->doc->date, FOOTER_MAX));
	docx_run(&b, "", S("\t"));
	put_label(&b, utf8_prefix(x->doc->page_label, FOOTER_MAX));
	docx_close(&b);
	buf_puts(&b, "</w:ftr>");
	return buf_str(&b);
}
