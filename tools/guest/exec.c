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
	struct rfck_result *result = shared_at(control->results_off + control->result_bytes);

	head.sum = checksum(checksum(0, &head, sizeof(head)), result + 1, head.out_len);
	copy(result, &head, sizeof(head));
	control->result_bytes += sizeof(head) + aligned(head.out_len);
	control->nr_results++;
}

/* Checks the result's room and executes. @head has what identifies the result. */
void run_record(const struct rfck_record *rec, struct rfck_result head)
{
	__u64 at = control->result_bytes;
	struct rfck_result *result = shared_at(control->results_off + at);

	if (at + sizeof(head) + aligned(room_of(rec)) > control->results_cap)
		fail("no room for more results", 0);
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
	foot.sum = checksum(0, &foot, sizeof(foot));
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

/*
 * One vector, with the n-th fallible step of its last call failing for n = 1, 2, ...
 * until the call has no n-th one. Each round is written as a vector of its own, whose
 * last result says in its digest which vector it is, n, and whether a step failed. A
 * call that was made to fail is made once more: it must find everything as it was.
 */
static __u32 run_with_faults(const struct rfck_record *first, __u32 nr, __u32 round)
{
	const struct rfck_record *rec;
	struct rfck_result head;
	__u32 i, nth, vector = first->vector;
	int hit;

	for (nth = 1;; nth++, round++) {
		context_reset();
		port_flush(0);
		for (rec = first, i = 0; i + 1 < nr; i++, rec = next_record(rec))
			run_record(rec, head_of(rec, round));
		head = head_of(rec, round);
		head.digest = (__u64)vector << 32 | (__u64)nth << 8;
		fault_next(nth);
		run_record(rec, head);
		hit = fault_hit();
		fault_next(0);
		if (!hit)
			break;
		head = head_of(rec, round);
		head.step++;
		if (rec->op == RFCK_OP_IOCTL || rec->op == RFCK_OP_OPEN)
			run_record(rec, head);
	}
	taint_check(vector);
	return round + 1;
}

static void sweep_faults(const struct rfck_image_header *head)
{
	const struct rfck_record *rec = (const void *)(head + 1), *first = rec;
	__u32 i, nr = 0, round = 0;

	for (i = 0; i < head->nr_records; i++, rec = next_record(rec)) {
		if (rec->vector != first->vector) {
			round = run_with_faults(first, nr, round);
			first = rec;
			nr = 0;
		}
		nr++;
	}
	if (nr)
		round = run_with_faults(first, nr, round);
	context_reset();
	write_footer(round);
}

static void append(struct rfck_result head, const void *out)
{
	__u64 at = control->result_bytes;
	struct rfck_result *result = shared_at(control->results_off + at);

	if (at + sizeof(head) + aligned(head.out_len) > control->results_cap)
		fail("no room for more results", 0);
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
	const struct rfck_image_header *head = check_image();
	__u32 vector = ~0U, nr_vectors = 0;

	if (control->duties & RFCK_DUTY_FAULTS)
		return sweep_faults(head);
	while (control->next_nr < head->nr_records) {
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
			__u32 left = head->nr_records - control->next_nr + 1;
			__u32 nr = run_group(rec, left, head->seed + rec->vector);

			for (; nr > 1; nr--)
				take_record();
			continue;
		}
		run_last_or_not(rec, control->next_nr == head->nr_records);
	}
	taint_check(vector);
	context_reset();
	write_footer(nr_vectors);
}
