/* The text of the pack that ships inside the program, made by tools/embed.py. */
#ifndef JALON_PACK_BUILTIN_PRIV_H
#define JALON_PACK_BUILTIN_PRIV_H

#include "base/str.h"

extern const struct str builtin_pack_yaml;

#endif
