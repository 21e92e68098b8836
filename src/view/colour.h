/* Colours that people choose: how they are written, and whether text can be read on them. */
#ifndef JALON_VIEW_COLOUR_H
#define JALON_VIEW_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define COLOUR_OURS "#0b5563" /* of an organisation that has chosen none */

enum { COLOUR_READABLE = 450 /* hundredths: 4.5 to 1, WCAG 1.4.3 */ };

/* Whether `s` is "#rrggbb", small or large. */
bool colour_is_valid(struct str s);
/* The contrast of two valid colours in hundredths, 100 to 2100 (WCAG 2.2, "contrast ratio"). */
int colour_contrast(struct str a, struct str b);
/* White or the product's ink, as "#rrggbb" that lives for ever, whichever is read better on the valid colour `ground`. */
struct str colour_ink_on(struct str ground);
/* `chosen`, or COLOUR_OURS when it is not valid. */
struct str colour_or_ours(struct str chosen);

/* "Maison Belloy" → "MB": what stands in for a logo. In `a`. */
struct str letters_of(struct arena *a, struct str name);

#endif
