/* XML as the office writers need it. */
#ifndef JALON_DOCUMENT_XML_PRIV_H
#define JALON_DOCUMENT_XML_PRIV_H

#include "base/xml.h"

/* ` name="value"`. */
void xml_attribute(struct buf *b, const char *name, struct str value);
/* `<element>text</element>`. */
void xml_element(struct buf *b, const char *element, struct str text);

/* `part` (well-formed XML of our own) with each `{{name}}` replaced by `value`, escaped; in `a`. */
struct str xml_fill(struct arena *a, struct str part, const char *name, struct str value);

#endif
