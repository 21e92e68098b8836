/* ZIP by libarchive: see zip_priv.h. */
#include "document/zip_priv.h"

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
static int add_part(struct archive *archive, struct archive_entry *entry,
		    const struct zip_part *part)
{
	archive_entry_clear(entry);
	archive_entry_set_pathname(entry, part->name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)part->bytes.len);
	if (archive_write_header(archive, entry) != ARCHIVE_OK)
		return -1;
	return archive_write_data(archive, part->bytes.data, part->bytes.len) ==
			       (la_ssize_t)part->bytes.len
		       ? 0
		       : -1;
}

static int add_parts(struct archive *archive, const struct zip_parts *parts, struct buf *out)
{
	struct archive_entry *entry = archive_entry_new();
	int r = entry ? 0 : -1;

	if (!r)
		r = archive_write_set_format_zip(archive);
	if (!r)
		r = archive_write_set_bytes_per_block(archive, 0);
	if (!r)
		r = archive_write_open(archive, out, NULL, put, NULL);
	for (size_t i = 0; i < parts->n && !r; i++)
		r = add_part(archive, entry, &parts->items[i]);
	if (!r)
		r = archive_write_close(archive);
	archive_entry_free(entry);
	return r;
}

int zip_write(struct arena *a, const struct zip_parts *parts, size_t max, struct str *ret,
	      struct err *err)
{
	struct buf out = buf_make(a, max);
	struct archive *archive = archive_write_new();
	int r = 0;

	if (!archive)
		return err_set(err, FAULT_SYSTEM, "libarchive has no memory");
	if (add_parts(archive, parts, &out) && !out.full)
		r = err_set(err, FAULT_INTERNAL, "libarchive: %s", archive_error_string(archive));
	archive_write_free(archive);
	if (!r)
		*ret = out.full ? S("") : buf_str(&out);
	return r;
}
