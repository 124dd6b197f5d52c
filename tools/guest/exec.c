// SPDX-License-Identifier: GPL-2.0-only
/* Walks the image, executes each record and appends its result. */
#include "runner.h"

static __u64 aligned(__u64 value)
{
	return (value + RFCK_ALIGNMENT - 1) & ~(__u64)(RFCK_ALIGNMENT - 1);
}

static long execute(const struct rfck_record *rec, void *out, __u32 *out_len)
{
	switch (rec->op) {
	case RFCK_OP_OPEN:
		return op_open(rec);
	case RFCK_OP_CLOSE:
		return op_close(rec);
	case RFCK_OP_MMAP:
		return op_mmap(rec);
	case RFCK_OP_MUNMAP:
		return op_munmap(rec);
	case RFCK_OP_MPROTECT:
		return op_mprotect(rec);
	case RFCK_OP_MLOCK:
		return op_mlock(rec);
	case RFCK_OP_MUNLOCK:
		return op_munlock(rec);
	case RFCK_OP_UFFD:
		return op_uffd(rec);
	case RFCK_OP_CPUSET:
		context.restricted = 1;
		return cpuset_allow(rec->arg[RFCK_ARG_CPUSET_MASK]);
	case RFCK_OP_TOUCH:
		return op_touch(rec);
	case RFCK_OP_IOCTL:
		return op_ioctl(rec, out, out_len);
	case RFCK_OP_FILEOP:
		return op_fileop(rec);
	default:
		fail("unknown operation", 0);
	}
}

/* Checks the result's room, executes, and counts it only when it is complete. */
static void run_record(const struct rfck_record *rec)
{
	__u64 at = control->result_bytes;
	struct rfck_result *result = shared_at(control->results_off + at);
	struct rfck_result head = { .vector = rec->vector, .step = rec->step, .op = rec->op };

	if (at + sizeof(head) + aligned(rec->payload_len) > control->results_cap)
		fail("no room for more results", 0);
	control->vector = rec->vector;
	control->step = rec->step;
	control->beats++;
	head.ret = execute(rec, result + 1, &head.out_len);
	head.crc = crc32(crc32(0, &head, sizeof(head)), result + 1, head.out_len);
	memcpy(result, &head, sizeof(head));
	control->result_bytes = at + sizeof(head) + aligned(head.out_len);
	control->nr_results++;
}

static void write_footer(__u32 nr_vectors)
{
	struct rfck_result foot = {
		.vector = control->nr_results,
		.step = RFCK_FOOTER_STEP,
		.op = RFCK_FOOTER_OP,
		.ret = nr_vectors,
		.digest = RFCK_FOOTER_DIGEST,
	};

	if (control->result_bytes + sizeof(foot) > control->results_cap)
		fail("no room for the footer", 0);
	foot.crc = crc32(0, &foot, sizeof(foot));
	memcpy(shared_at(control->results_off + control->result_bytes), &foot, sizeof(foot));
	control->result_bytes += sizeof(foot);
}

static const struct rfck_image_header *check_image(void)
{
	const struct rfck_image_header *head = shared_at(control->image_off);

	if (memcmp(head->magic, RFCK_IMAGE_MAGIC, sizeof(head->magic)) ||
	    head->version != RFCK_IMAGE_VERSION)
		fail("the image is none of this version", 0);
	if (head->page_size != RFCK_PAGE_SIZE)
		fail("the image is for another page size", 0);
	if (sizeof(*head) + head->body_bytes > control->image_bytes ||
	    head->body_crc != crc32(0, head + 1, head->body_bytes))
		fail("the image is damaged", 0);
	return head;
}

void run_vectors(void)
{
	const struct rfck_image_header *head = check_image();
	const char *at = (const char *)(head + 1);
	__u32 i, vector = ~0U, nr_vectors = 0;

	for (i = 0; i < head->nr_records; i++) {
		const struct rfck_record *rec = (const void *)at;

		at += sizeof(*rec) + aligned(rec->payload_len);
		if (rec->vector != vector) {
			if (nr_vectors)
				taint_check(vector);
			context_reset();
			vector = rec->vector;
			nr_vectors++;
		}
		run_record(rec);
	}
	taint_check(vector);
	context_reset();
	write_footer(nr_vectors);
}
