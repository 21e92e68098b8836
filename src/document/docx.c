/* Writing a document as DOCX: the package. Read docx_priv.h first. */
#include "document/docx_priv.h"

#include <string.h>

#include "base/timing.h"

/* As Word names languages: with a country. */
static struct str language_tag(const struct document *d)
{
	if (str_is(d->language, "fr"))
		return S("fr-FR");
	if (str_is(d->language, "en"))
		return S("en-GB");
	return d->language;
}

static struct str core_properties(struct docx *x)
{
	const struct document *d = x->doc;
	struct buf b = buf_make(x->a, DOCUMENT_BYTES_MAX);
	/* Whole seconds. */
	struct str date = str_fmt(x->a, "%.19sZ", time_iso(x->a, d->created_ms).data);

	buf_puts(&b, DOCX_DECLARATION
		 "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
		 "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		 "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
		 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
	xml_element(&b, "dc:title", d->title);
	xml_element(&b, "dc:subject", d->subtitle);
	xml_element(&b, "dc:creator", d->author);
	buf_fmt(&b,
		"<dcterms:created xsi:type=\"dcterms:W3CDTF\">%s</dcterms:created>"
		"<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%s</dcterms:modified>",
		date.data, date.data);
	xml_element(&b, "dc:language", language_tag(d));
	buf_puts(&b, "</cp:coreProperties>");
	return buf_str(&b);
}

static struct str relations(struct docx *x)
{
	static const char *const parts[] = { "styles", "numbering", "settings", "header",
					     "footer" };
	struct buf b = buf_make(x->a, DOCUMENT_BYTES_MAX);

	buf_puts(&b, DOCX_DECLARATION "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
				      "package/2006/relationships\">\n");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		buf_fmt(&b,
			"<Relationship Id=\"rId%zu\" Type=\"http://schemas.openxmlformats.org/"
			"officeDocument/2006/relationships/%s\" Target=\"%s%s.xml\"/>\n",
			i + 1, parts[i], parts[i], i < 3 ? "" : "1");
	buf_put(&b, buf_str(&x->relations));
	buf_puts(&b, "</Relationships>");
	return buf_str(&b);
}

/* The lists that count, after those of the embedded part. */
static struct str numbering(struct docx *x)
{
	struct buf b = buf_make(x->a, DOCUMENT_BYTES_MAX);
	const char *end = memmem(docx_numbering.data, docx_numbering.len, "</w:numbering>",
				 strlen("</w:numbering>"));

	buf_put(&b, str_make(docx_numbering.data, (size_t)(end - docx_numbering.data)));
	buf_put(&b, buf_str(&x->numbers));
	buf_puts(&b, "</w:numbering>\n");
	return buf_str(&b);
}

static int put_body(struct docx *x)
{
	int r;

	buf_puts(&x->body, DOCX_DECLARATION "<w:document" DOCX_NAMESPACES "><w:body>\n");
	r = docx_cover_page(x);
	if (!r && x->doc->contents_title.len)
		docx_contents(x);
	if (!r)
		r = docx_blocks(x);
	docx_section(x);
	buf_puts(&x->body, "</w:body></w:document>\n");
	return r;
}

static int put_package(struct arena *a, struct docx *x, struct str *ret, struct err *err)
{
	struct str tag = language_tag(x->doc);
	const struct zip_file parts[] = {
		{ S("[Content_Types].xml"), docx_content_types },
		{ S("_rels/.rels"), docx_package_rels },
		{ S("docProps/core.xml"), core_properties(x) },
		{ S("docProps/app.xml"), docx_app },
		{ S("word/document.xml"), buf_str(&x->body) },
		{ S("word/_rels/document.xml.rels"), relations(x) },
		{ S("word/styles.xml"), xml_fill(x->a, docx_styles, "language", tag) },
		{ S("word/numbering.xml"), numbering(x) },
		{ S("word/settings.xml"), xml_fill(x->a, docx_settings, "language", tag) },
		{ S("word/header1.xml"), docx_header(x) },
		{ S("word/footer1.xml"), docx_footer(x) },
	};
	struct zip_files all = { .n = 0 };
	int r;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		*vec_push(x->a, &all) = parts[i];
	for (size_t i = 0; i < x->media.n; i++)
		*vec_push(x->a, &all) = x->media.items[i];
	r = zip_write(a, &all, DOCUMENT_BYTES_MAX, ret, err);
	return r == ZIP_TOO_LARGE ? DOCUMENT_TOO_LONG : r;
}

/* No text is laid out here: the fonts are for librsvg. */
static int write_document(struct arena *a, struct arena *work, const struct document *d,
			  PangoFontMap *fonts, struct str *ret, struct err *err)
{
	struct docx x = { .doc = d, .a = work, .err = err };
	int r;

	(void)fonts;
	x.body = buf_make(work, DOCUMENT_BYTES_MAX);
	x.relations = buf_make(work, DOCUMENT_BYTES_MAX);
	x.numbers = buf_make(work, DOCUMENT_BYTES_MAX);
	r = put_body(&x);
	if (!r && x.body.full)
		r = DOCUMENT_TOO_LONG;
	return r ? r : put_package(a, &x, ret, err);
}

int document_docx(struct arena *a, const struct document *d, struct str *ret, struct err *err)
{
	return document_alone(a, d, write_document, ret, err);
}
