/* The embedded fonts (generated at build from the pinned npm package): TrueType, Latin of all Europe. */
#ifndef JALON_DOCUMENT_OVERPASS_H
#define JALON_DOCUMENT_OVERPASS_H

#include "base/str.h"

extern const struct str overpass_400;
extern const struct str overpass_600;
extern const struct str overpass_700;

#endif
