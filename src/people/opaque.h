/* What people type as a secret or an address, in the one form in which it is kept and compared. */
#ifndef JALON_PEOPLE_OPAQUE_H
#define JALON_PEOPLE_OPAQUE_H

#include "base/str.h"

/* Bytes. What is longer is no secret, address or name: it stays as it is, since putting it into form C takes the
 * square of its length. */
enum { OPAQUE_MAX = 2048 };

/*
 * The OpaqueString profile of RFC 8265: every space becomes U+0020, then Unicode's form C. "é" is the same whether
 * a keyboard sends one character or two. Case and everything else stay. What is no UTF-8 stays as it is. The
 * result is `s` itself or lives in `a`.
 */
struct str opaque_text(struct arena *a, struct str s);

/* As one name is told from another by those who read a list: case and what is not drawn make no difference. In `a`. */
struct str name_key(struct arena *a, struct str name);

#endif
