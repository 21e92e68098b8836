/* Text as XML: for drawings and for office files. */
#ifndef JALON_BASE_XML_H
#define JALON_BASE_XML_H

#include "base/buf.h"

/* `s` as character data or as part of an attribute's value. What may not stand in XML even escaped
 * (controls, U+FFFE, U+FFFF, malformed bytes) becomes U+FFFD, so that its loss is seen; line ends and tabs
 * become references, since attributes would turn them into spaces. */
void xml_text(struct buf *b, struct str s);

#endif
