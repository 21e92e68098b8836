/* What libyaml says, in our words. */
#ifndef JALON_PACK_YAML_PRIV_H
#define JALON_PACK_YAML_PRIV_H

#include "i18n/i18n.h"

/* The sentence for a problem that libyaml names, in language `l`; its own English in one of ours when it is a rare
 * one. In `a`. */
struct str yaml_problem(struct arena *a, enum language l, const char *problem);

#endif
