/*
 * ZIP archives read from whoever. Nothing is ever unpacked into a folder, so a name is only compared with
 * those there can be.
 */
#include <archive.h>
#include <archive_entry.h>

#include "transfer/transfer_priv.h"

/* A byte of JSON takes less than a hundredth of itself only on purpose; small files may. */
enum { RATIO_MAX = 200, RATIO_FREE = 1024 * 1024, CHUNK = 64 * 1024 };

struct reading {
	struct arena *a;
	struct str zip;
	bool (*is_known)(struct str name);
	struct zip_files *files;
	size_t unpacked;
	struct refusal *refusal;
};

static int bad(struct reading *rd, const char *why)
{
	return refuse(rd->refusal, why, NULL);
}

static bool is_there(const struct zip_files *files, struct str name)
{
	for (size_t i = 0; i < files->n; i++)
		if (str_eq(files->items[i].name, name))
			return true;
	return false;
}

/* A plain file of a name that there can be, once. */
static int check_entry(struct reading *rd, struct archive_entry *entry, struct str *ret)
{
	const char *path = archive_entry_pathname_utf8(entry);
	struct str name = str_from(path ? path : "");

	if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_is_encrypted(entry) ||
	    !rd->is_known(name))
		return bad(rd, N_("it holds something that no export holds"));
	if (is_there(rd->files, name))
		return bad(rd, N_("it holds a file twice"));
	*ret = str_dup(rd->a, name);
	return 0;
}

static int read_content(struct reading *rd, struct archive *archive, struct str *ret)
{
	struct buf b = buf_make(rd->a, TRANSFER_UNPACKED_MAX);
	char *chunk = arena_new(rd->a, char, CHUNK);
	la_ssize_t n;

	while ((n = archive_read_data(archive, chunk, CHUNK)) > 0) {
		rd->unpacked += (size_t)n;
		if (rd->unpacked > TRANSFER_UNPACKED_MAX ||
		    (rd->unpacked > RATIO_FREE && rd->unpacked / RATIO_MAX > rd->zip.len))
			return bad(rd, N_("what it holds is too large"));
		buf_put(&b, str_make(chunk, (size_t)n));
	}
	*ret = buf_str(&b);
	return n < 0 ? bad(rd, N_("it is damaged, or not whole")) : 0;
}

static int read_entries(struct reading *rd, struct archive *archive)
{
	struct archive_entry *entry;
	int code, r = 0;

	while (r == 0 && (code = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
		struct zip_file file;

		r = check_entry(rd, entry, &file.name);
		if (r == 0)
			r = read_content(rd, archive, &file.bytes);
		if (r == 0)
			*vec_push(rd->a, rd->files) = file;
	}
	if (r == 0 && code != ARCHIVE_EOF)
		return bad(rd, N_("it is damaged, or not whole"));
	return r;
}

int archive_read_files(struct arena *a, struct str zip, bool (*is_known)(struct str name),
		       struct zip_files *ret, struct refusal *refusal, struct err *err)
{
	struct reading rd = { a, zip, is_known, ret, 0, refusal };
	struct archive *archive = archive_read_new();
	int r;

	if (!archive)
		return err_set(err, FAULT_SYSTEM, "libarchive has no memory");
	/* By the directory at its end: what one reader skips and another does not is not there twice. */
	if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
	    archive_read_open_memory(archive, zip.data, zip.len) != ARCHIVE_OK)
		r = bad(&rd, N_("it is not a ZIP archive"));
	else
		r = read_entries(&rd, archive);
	archive_read_free(archive);
	return r;
}
