/* SQLite only: where the file lies. The linker puts what follows before the C library's statfs(), which is
 * statfs64() where offsets have 64 bits. */
#include "store/store.h"

#include <sys/vfs.h>

static long pretended; /* the type of every file system; 0: the real one */

int __real_statfs64(const char *path, struct statfs *ret);
int __wrap_statfs64(const char *path, struct statfs *ret);

int __wrap_statfs64(const char *path, struct statfs *ret)
{
	int r = __real_statfs64(path, ret);

	if (pretended)
		ret->f_type = pretended;
	return r;
}

static void refuses_network_file_systems(void **state)
{
	static const struct {
		long type;
		const char *name;
	} places[] = { { 0x6969, "(NFS)" },
		       { (int32_t)0xFF534D42, "(CIFS)" }, /* as machines of 32 bits say it */
		       { 0xFE534D42, "(SMB)" } };
	struct store *s = *state;
	struct err err;

	db_pool_close(s->pool);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		pretended = places[i].type;
		assert_fault(db_pool_open(&s->config, &s->pool, &err), FAULT_SYSTEM, &err);
		assert_non_null(strstr(err.text, places[i].name));
	}
	pretended = 0x01021994; /* tmpfs */
	assert_ok(db_pool_open(&s->config, &s->pool, &err), &err);
	pretended = 0;
}

TEST_MAIN(store_test(refuses_network_file_systems))
