// SPDX-License-Identifier: GPL-2.0-only
/* Vectors whose steps fail one after another. */
#include "inline.h"

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

/* Takes all calls of the next vector and says how many there are. */
static __u32 take_vector(void)
{
	__u32 vector = take_record()->vector, nr = 1;

	while (control->next_nr < control->nr_records && peek_record()->vector == vector) {
		take_record();
		nr++;
	}
	return nr;
}

void sweep_faults(void)
{
	__u32 round = 0;

	while (control->next_nr < control->nr_records) {
		__u64 at = sizeof(struct rfck_image_header) + control->next_off;
		__u32 nr = take_vector();

		round = run_with_faults(image_at(at), nr, round);
	}
	context_reset();
	write_footer(round);
}
