/* ZIP by libarchive: see zip.h. */
#include "document/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/buf.h"

static la_ssize_t put(struct archive *archive, void *closure, const void *bytes, size_t n)
{
	struct buf *out = closure;

	(void)archive;
	buf_put(out, str_make(bytes, n));
	return out->full ? -1 : (la_ssize_t)n;
}

/* No time is set: libarchive writes times in the machine's zone. */
static int add_file(struct arena *a, struct archive *archive, struct archive_entry *entry,
		    const struct zip_file *file)
{
	archive_entry_clear(entry);
	archive_entry_set_pathname(entry, str_c(a, file->name));
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)file->bytes.len);
	if (archive_write_header(archive, entry) != ARCHIVE_OK)
		return -1;
	return archive_write_data(archive, file->bytes.data, file->bytes.len) ==
			       (la_ssize_t)file->bytes.len
		       ? 0
		       : -1;
}

static int add_files(struct arena *a, struct archive *archive, const struct zip_files *files,
		     struct buf *out)
{
	struct archive_entry *entry = archive_entry_new();
	int r = entry ? 0 : -1;

	if (!r)
		r = archive_write_set_format_zip(archive);
	if (!r)
		r = archive_write_set_bytes_per_block(archive, 0);
	if (!r)
		r = archive_write_open(archive, out, NULL, put, NULL);
	for (size_t i = 0; i < files->n && !r; i++)
		r = add_file(a, archive, entry, &files->items[i]);
	if (!r)
		r = archive_write_close(archive);
	archive_entry_free(entry);
	return r;
}

int zip_write(struct arena *a, const struct zip_files *files, size_t max, struct str *ret,
	      struct err *err)
{
	struct buf out = buf_make(a, max);
	struct archive *archive = archive_write_new();
	int r = 0;

	if (!archive)
		return err_set(err, FAULT_SYSTEM, "libarchive has no memory");
	if (add_files(a, archive, files, &out) && !out.full)
		r = err_set(err, FAULT_INTERNAL, "libarchive: %s", archive_error_string(archive));
	archive_write_free(archive);
	if (r)
		return r;
	if (out.full)
		return ZIP_TOO_LARGE;
	*ret = buf_str(&out);
	return ZIP_OK;
}
