/* The blocks of a DOCX. See docx_priv.h. */
#include "document/docx_priv.h"

#include <stddef.h>
#include <string.h>

#include "base/utf8.h"

enum {
	NUMBER_BULLETS = 1, /* numbering.xml */
	NUMBER_BOXES = 2,
	NUMBER_FIRST = 3, /* the first list that counts */
};

static void put_text(struct buf *b, struct str s)
{
	if (!s.len)
		return;
	buf_puts(b, "<w:t xml:space=\"preserve\">");
	xml_text(b, s);
	buf_puts(b, "</w:t>");
}

void docx_run(struct buf *b, const char *properties, struct str s)
{
	if (!s.len)
		return;
	buf_puts(b, "<w:r>");
	if (*properties)
		buf_fmt(b, "<w:rPr>%s</w:rPr>", properties);
	while (s.len) {
		size_t n = 0;

		while (n < s.len && s.data[n] != '\n' && s.data[n] != '\t' && s.data[n] != '\r')
			n++;
		put_text(b, str_slice(s, 0, n));
		if (n == s.len)
			break;
		/* CR LF is one line's end. */
		if (s.data[n] == '\r' && n + 1 < s.len && s.data[n + 1] == '\n')
			n++;
		buf_puts(b, s.data[n] == '\t' ? "<w:tab/>" : "<w:br/>");
		s = str_slice(s, n + 1, s.len);
	}
	buf_puts(b, "</w:r>");
}

void docx_open(struct buf *b, const char *style, const char *properties)
{
	buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, properties);
}

void docx_close(struct buf *b)
{
	buf_puts(b, "</w:p>\n");
}

/* The same in the text, where a paragraph may have to stay with the next. */
static void open_kept(struct docx *x, const char *style, const char *properties)
{
	docx_open(&x->body, style,
		  str_fmt(x->a, "%s%s", x->keeps ? "<w:keepNext/><w:keepLines/>" : "", properties)
			  .data);
}

void docx_paragraph(struct docx *x, const char *style, struct str s)
{
	if (!s.len)
		return;
	open_kept(x, style, "");
	docx_run(&x->body, "", s);
	docx_close(&x->body);
}

static void heading(struct docx *x, const struct block *b)
{
	static const char *const styles[] = { "", "Heading1", "Heading2", "Heading3" };
	int level = block_level(b);
	/* No space above what begins the first page. */
	const char *properties = b == x->doc->blocks.items ? "<w:spacing w:before=\"0\"/>" : "";
	struct str name;

	if (!b->text.len || level > CONTENTS_LEVELS) {
		docx_paragraph(x, styles[level], b->text);
		return;
	}
	/* What the contents lead to. */
	name = docx_bookmark(x, ++x->n_headings);
	open_kept(x, styles[level], properties);
	buf_fmt(&x->body, "<w:bookmarkStart w:id=\"%d\" w:name=\"%s\"/>", x->n_headings, name.data);
	docx_run(&x->body, "", b->text);
	buf_fmt(&x->body, "<w:bookmarkEnd w:id=\"%d\"/>", x->n_headings);
	docx_close(&x->body);
}

/* ---- lists ---- */

static bool is_ruled(const struct block *b)
{
	for (size_t i = 0; i < b->n_items; i++)
		if (b->items[i].title.len || b->items[i].tag.len)
			return true;
	return false;
}

/* A new list counts from 1 again. */
static int list_number(struct docx *x, const struct block *b)
{
	int number = b->is_boxed ? NUMBER_BOXES : NUMBER_BULLETS;

	if (b->numbered) {
		number = NUMBER_FIRST + x->n_lists++;
		buf_fmt(&x->numbers,
			"<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/>"
			"<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>"
			"</w:num>\n",
			number);
	}
	return number;
}

static void open_item(struct docx *x, const char *style, int number)
{
	struct str properties = str_fmt(
		x->a, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"%d\"/></w:numPr>", number);

	open_kept(x, style, properties.data);
}

/* Title and marker on the first line, the rest below it. */
static void ruled_item(struct docx *x, const struct list_item *item, int number)
{
	struct str tag = utf8_prefix(item->tag, TAG_MAX);
	bool has_title = item->title.len > 0;

	open_item(x, "ItemTitle", number);
	docx_run(&x->body, has_title ? "" : "<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>",
		 has_title ? item->title : item->detail);
	if (tag.len) {
		docx_run(&x->body, "", S("\t"));
		/* No-break spaces give the marker's ground some width. */
		docx_run(&x->body, "<w:rStyle w:val=\"ItemTag\"/>",
			 str_fmt(x->a, "\u00A0%.*s\u00A0", STR_ARG(tag)));
	}
	docx_close(&x->body);
	if (!has_title || !item->detail.len)
		return;
	open_kept(x, "ItemDetail",
		  number == NUMBER_BULLETS ? "<w:ind w:left=\"284\"/>" : "<w:ind w:left=\"482\"/>");
	docx_run(&x->body, "", item->detail);
	docx_close(&x->body);
}

/* `is_kept`: all of it on one page. */
static void list(struct docx *x, const struct block *b, bool is_kept)
{
	bool ruled = is_ruled(b);
	int number = list_number(x, b);

	for (size_t i = 0; i < b->n_items; i++) {
		const struct list_item *item = &b->items[i];

		x->keeps = is_kept && (b->keeps_next || i + 1 < b->n_items);
		if (ruled) {
			ruled_item(x, item, number);
			continue;
		}
		open_item(x, b->numbered ? "ListNumber" : "ListBullet", number);
		docx_run(&x->body, "", item->detail);
		docx_close(&x->body);
	}
}

static int put_block(struct docx *x, const struct block *b)
{
	bool is_kept = b->keeps_next || (b != x->doc->blocks.items && b[-1].keeps_next);

	x->keeps = b->keeps_next;
	switch (b->kind) {
	case BLOCK_HEADING:
		heading(x, b);
		break;
	case BLOCK_PARAGRAPH:
		docx_paragraph(x, "Normal", b->text);
		break;
	case BLOCK_LEAD:
		docx_paragraph(x, "Lead", b->text);
		break;
	case BLOCK_FACT:
		docx_paragraph(x, "FactCaption", b->caption);
		docx_paragraph(x, "Fact", b->text);
		break;
	case BLOCK_LIST:
		list(x, b, is_kept);
		break;
	case BLOCK_TABLE:
		docx_table(x, b);
		break;
	case BLOCK_FIGURE:
		docx_paragraph(x, "FigureCaption", b->caption);
		return docx_figure(x, b);
	case BLOCK_NOTE:
		docx_paragraph(x, "Note", b->text);
		break;
	}
	return 0;
}

int docx_blocks(struct docx *x)
{
	const struct blocks *blocks = &x->doc->blocks;
	int r = 0;

	for (size_t i = 0; i < blocks->n && !r && !x->body.full; i++)
		r = put_block(x, &blocks->items[i]);
	x->keeps = false;
	return r;
}
