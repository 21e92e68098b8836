/* XML as the office writers need it: escaped text, and nothing that XML 1.0 forbids. */
#ifndef JALON_DOCUMENT_XML_PRIV_H
#define JALON_DOCUMENT_XML_PRIV_H

#include "base/buf.h"

/* `s` as character data or as part of an attribute's value. What may not stand in XML even escaped
 * (controls, U+FFFE, U+FFFF, malformed bytes) becomes U+FFFD, so that its loss is seen; line ends and tabs
 * become references, since attributes would turn them into spaces. */
void xml_text(struct buf *b, struct str s);
/* ` name="value"`. */
void xml_attribute(struct buf *b, const char *name, struct str value);
/* `<element>text</element>`. */
void xml_element(struct buf *b, const char *element, struct str text);

/* `part` (well-formed XML of our own) with each `{{name}}` replaced by `value`, escaped. */
struct str xml_fill(struct arena *a, struct str part, const char *name, struct str value);

#endif
