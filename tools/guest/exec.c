// SPDX-License-Identifier: GPL-2.0-only
/* Walks the image, executes each record and appends its result. */
#include "inline.h"

static long execute_other(const struct rfck_record *rec, void *out, __u32 *out_len)
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
	case RFCK_OP_MREMAP:
		return op_mremap(rec);
	case RFCK_OP_MADVISE:
		return op_madvise(rec);
	case RFCK_OP_BRK:
		return op_brk(rec);
	case RFCK_OP_MLOCK_NOW:
		return op_mlock_now(rec);
	case RFCK_OP_UFFD_MODE:
		return op_uffd_mode(rec);
	case RFCK_OP_PKEY:
		return op_pkey(rec);
	case RFCK_OP_OPEN_OTHER:
		return op_open_other(rec);
	case RFCK_OP_FORK:
		return op_fork(rec);
	case RFCK_OP_EXIT:
		return 0;
	case RFCK_OP_EXEC:
		return op_exec(rec);
	case RFCK_OP_TRACE:
		return op_trace(out, out_len);
	case RFCK_OP_TOTALS:
		return op_totals(out, out_len);
	case RFCK_OP_MAPS:
		return op_maps(out, out_len);
	case RFCK_OP_WRITE:
		return op_write(rec);
	case RFCK_OP_READ:
		return op_read(rec, out, out_len);
	case RFCK_OP_WHERE:
		return op_where(rec, out, out_len);
	case RFCK_OP_PIN:
		return op_pin(rec);
	case RFCK_OP_UNPIN:
		return op_unpin();
	case RFCK_OP_SWAP_OUT:
		return op_swap_out(rec);
	case RFCK_OP_FILL:
		return op_fill(rec);
	case RFCK_OP_CPUSET:
		control->restricted = 1;
		return cpuset_allow(rec->arg[RFCK_ARG_CPUSET_MASK]);
	case RFCK_OP_TOUCH:
		return op_touch(rec);
	case RFCK_OP_FILEOP:
		return op_fileop(rec);
	default:
		fail("unknown operation", 0);
	}
}

/* Most calls are an ioctl, and the jump through a table is slow as a return is */
long execute(const struct rfck_record *rec, void *out, __u32 *out_len)
{
	if (rec->op == RFCK_OP_IOCTL)
		return op_ioctl(rec, out, out_len);
	return execute_other(rec, out, out_len);
}

/* Bytes that may come back from a call. */
static __u32 room_of(const struct rfck_record *rec)
{
	switch (rec->op) {
	case RFCK_OP_TRACE:
		return RFCK_ROOM_TRACE;
	case RFCK_OP_TOTALS:
		return RFCK_ROOM_TOTALS;
	case RFCK_OP_MAPS:
		return RFCK_ROOM_MAPS;
	case RFCK_OP_READ:
		return rec->arg[RFCK_ARG_READ_NPAGES] * RFCK_PAGE_ANSWER_BYTES;
	case RFCK_OP_WHERE:
		return rec->arg[RFCK_ARG_WHERE_NPAGES] * RFCK_PAGE_ANSWER_BYTES;
	default:
		return rec->payload_len;
	}
}

/* In the digest of a result to be: the vector ends here. No round of a fault is so high */
#define STATE_WANTED	(~0ULL)

/* A result counts only when it is complete. */
void write_result(struct rfck_result head)
{
	__u64 bytes = sizeof(head) + aligned(head.out_len);
	struct rfck_result *result = results_at(control->result_bytes, bytes);

	head.sum = checksum(checksum(0, &head, sizeof(head)), result + 1, head.out_len);
	copy(result, &head, sizeof(head));
	control->result_bytes += bytes;
	control->nr_results++;
}

/* Checks the result's room and executes. @head has what identifies the result. */
void run_record(const struct rfck_record *rec, struct rfck_result head)
{
	__u64 at = control->result_bytes, bytes = sizeof(head) + aligned(room_of(rec));
	struct rfck_result *result;

	if (at + bytes > control->results_cap)
		fail("no room for more results", 0);
	result = results_at(at, bytes);
	control->vector = rec->vector;
	control->step = rec->step;
	control->beats++;
	head.ret = execute(rec, result + 1, &head.out_len);
	if (head.digest == STATE_WANTED)
		head.digest = state_digest();
	else if (head.digest)
		head.digest |= fault_hit();
	/* A child has written the results up to its end by now, that of fork() too */
	if (head.ret != CHILD_ENDED)
		write_result(head);
}

void write_footer(__u32 nr_vectors)
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
	foot.sum = checksum(0, &foot, sizeof(foot));
	memcpy(results_at(control->result_bytes, sizeof(foot)), &foot, sizeof(foot));
	control->result_bytes += sizeof(foot);
}

/* Piece by piece, as no more of it is mapped. */
static __u32 crc_of_body(__u32 bytes)
{
	__u32 crc = 0, at, piece;

	for (at = 0; at < bytes; at += piece) {
		piece = bytes - at < REACH_BYTES ? bytes - at : REACH_BYTES;
		crc = crc32(crc, image_at(sizeof(struct rfck_image_header) + at), piece);
	}
	return crc;
}

/* Returns the seed that the vectors were made from. */
static __u64 check_image(void)
{
	struct rfck_image_header head;

	memcpy(&head, image_at(0), sizeof(head));
	if (memcmp(head.magic, RFCK_IMAGE_MAGIC, sizeof(head.magic)) ||
	    head.version != RFCK_IMAGE_VERSION)
		fail("the image is none of this version", 0);
	if (head.page_size != RFCK_PAGE_SIZE)
		fail("the image is for another page size", 0);
	if (sizeof(head) + head.body_bytes > control->image_bytes ||
	    head.body_crc != crc_of_body(head.body_bytes))
		fail("the image is damaged", 0);
	control->nr_records = head.nr_records;
	return head.seed;
}

static void append(struct rfck_result head, const void *out)
{
	__u64 at = control->result_bytes, bytes = sizeof(head) + aligned(head.out_len);
	struct rfck_result *result;

	if (at + bytes > control->results_cap)
		fail("no room for more results", 0);
	result = results_at(at, bytes);
	copy(result + 1, out, head.out_len);
	write_result(head);
	control->beats++;
}

/* Carries out the calls of all tasks that begin here at once; returns how many there were. */
static __u32 run_group(const struct rfck_record *rec, __u32 left, __u64 seed)
{
	__u32 i, nr;

	control->vector = rec->vector;
	control->step = rec->step;
	control->beats++;
	nr = run_together(rec, left, seed);
	for (i = 0; i < nr; i++, rec = next_record(rec)) {
		struct rfck_result head = head_of(rec, rec->vector);
		const void *out;

		head.digest = task_result(i, &head, &out);
		append(head, out);
	}
	return nr;
}

static void run_last_or_not(const struct rfck_record *rec, int is_last)
{
	struct rfck_result head = head_of(rec, rec->vector);

	if (is_last || next_record(rec)->vector != rec->vector)
		head.digest = STATE_WANTED;
	run_record(rec, head);
}

void run_vectors(void)
{
	__u64 seed = check_image();
	__u32 vector = ~0U, nr_vectors = 0;

	if (control->duties & RFCK_DUTY_FAULTS)
		return sweep_faults();
	while (control->next_nr < control->nr_records) {
		const struct rfck_record *rec = take_record();

		if (rec->vector != vector) {
			if (nr_vectors)
				taint_check(vector);
			context_reset();
			vector = rec->vector;
			control->vector = vector;
			port_flush(0);
			nr_vectors++;
		}
		if (rec->task) {
			__u32 left = control->nr_records - control->next_nr + 1;
			__u32 nr = run_group(rec, left, seed + rec->vector);

			for (; nr > 1; nr--)
				take_record();
			continue;
		}
		run_last_or_not(rec, control->next_nr == control->nr_records);
	}
	taint_check(vector);
	context_reset();
	write_footer(nr_vectors);
}
