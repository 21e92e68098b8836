/* What the tests of packs share: loading a file of this folder, printing faults. */
#ifndef JALON_TEST_UNIT_PACK_CHECK_H
#define JALON_TEST_UNIT_PACK_CHECK_H

#include "pack/pack.h"

/* The bytes of the file at `path`; ends the test when it cannot be read. */
struct str read_file(struct arena *a, const char *path);

/* One line per fault, "line:column: message". */
struct str faults_text(struct arena *a, const struct pack_faults *faults);

/* That each fault of `fr` is in the place of its fellow in `en`, and says it in other words, written as French is. */
void assert_french(const struct pack_faults *fr, const struct pack_faults *en);

#endif
