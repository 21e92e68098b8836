/* Lists compiled into the program, one entry per line. */
#ifndef JALON_PEOPLE_LISTS_H
#define JALON_PEOPLE_LISTS_H

#include "base/str.h"

/* Words that passwords are made of all too often, in French and English, in small letters, sorted by bytes: ours. */
extern const struct str common_passwords;
/* Names of time zones that a person may choose, after the IANA database. */
extern const struct str time_zones;

/* Whether `name` is one of time_zones, letter for letter. */
bool is_time_zone(struct str name);

#endif
