/*
 * Functions that are easy to misuse and that Jalon never needs. This header is included before every
 * file (meson.build passes -include), so that using one of them does not compile.
 */
#ifndef JALON_BASE_BANNED_H
#define JALON_BASE_BANNED_H

/* The system headers that declare them come first: poisoning an identifier before its declaration
 * would break the headers themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define BANNED(function, instead) jalon_banned_##function##_use_##instead

#undef strcpy
#define strcpy BANNED(strcpy, str)
#undef strncpy
#define strncpy BANNED(strncpy, str)
#undef strcat
#define strcat BANNED(strcat, buf)
#undef strncat
#define strncat BANNED(strncat, buf)
#undef stpcpy
#define stpcpy BANNED(stpcpy, buf)
#undef sprintf
#define sprintf BANNED(sprintf, buf_fmt)
#undef vsprintf
#define vsprintf BANNED(vsprintf, buf_fmt)
#undef strtok
#define strtok BANNED(strtok, str_cut)
#undef strtok_r
#define strtok_r BANNED(strtok_r, str_cut)
#undef atoi
#define atoi BANNED(atoi, num_parse)
#undef atol
#define atol BANNED(atol, num_parse)
#undef atoll
#define atoll BANNED(atoll, num_parse)
#undef atof
#define atof BANNED(atof, num_parse)
#undef strtol
#define strtol BANNED(strtol, num_parse)
#undef strtoul
#define strtoul BANNED(strtoul, num_parse)
#undef strtoll
#define strtoll BANNED(strtoll, num_parse)
#undef strtoull
#define strtoull BANNED(strtoull, num_parse)
#undef gets
#define gets BANNED(gets, fgets)
#undef gmtime
#define gmtime BANNED(gmtime, gmtime_r)
#undef localtime
#define localtime BANNED(localtime, localtime_r)
#undef ctime
#define ctime BANNED(ctime, time_iso)
#undef asctime
#define asctime BANNED(asctime, time_iso)
#undef rand
#define rand BANNED(rand, random_bytes)
#undef srand
#define srand BANNED(srand, random_bytes)
#undef system
#define system BANNED(system, posix_spawn)
#undef alloca
#define alloca BANNED(alloca, arena_new)
#undef setlocale
#define setlocale BANNED(setlocale, i18n)

#endif
