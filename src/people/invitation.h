/* Invitations: links by which one person joins an organisation. Inside of the room. */
#ifndef JALON_PEOPLE_INVITATION_H
#define JALON_PEOPLE_INVITATION_H

#include "http/http.h"

/* The token of an invitation (row_token()), made from the installation's secret `key` and its id: it can be shown again
 * although only its hash is stored. `a` holds what it needs meanwhile. */
struct token invitation_token(struct arena *a, const struct hmac_key *key, int64_t id);

#endif
