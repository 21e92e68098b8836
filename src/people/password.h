/* Passwords: what one may be, and how it is kept. */
#ifndef JALON_PEOPLE_PASSWORD_H
#define JALON_PEOPLE_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 128 /* bytes */ };

enum password_outcome {
	PASSWORD_OK = 0,
	PASSWORD_SHORT = 1,
	PASSWORD_LONG = 2,
	PASSWORD_COMMON = 3, /* what everybody tries first */
	PASSWORD_OWN = 4,    /* their own name or address */
};

/*
 * Length, and that it is not what others would try first: one or two words of common-passwords.txt with
 * digits and signs around them, whichever way written (P@ssw0rd), a run of the keyboard, a few characters
 * over and over, or the person's own name or address. No rule on which characters it must hold.
 */
enum password_outcome password_check(struct arena scratch, struct str password, struct str email,
				     struct str name);

/* Both take a password as opaque_text() (opaque.h) writes it. */

/* Argon2id (19 MiB, 2 passes) in libsodium's text form, in `a`. Takes some 30 ms: never on a loop or
 * writer thread. FAULT_SYSTEM when there is no memory for it. */
MUST_CHECK int password_encode(struct arena *a, struct str password, struct str *ret,
			       struct err *err);
/* Whether `password` is what `encoded` was made of. With an empty `encoded` it takes the same time and is
 * false: an account that does not exist cannot be told by the clock. */
bool password_fits(struct arena scratch, struct str encoded, struct str password);
/* Whether `encoded` was made with other costs than password_encode() takes today. */
bool password_is_outdated(struct arena scratch, struct str encoded);

#endif
