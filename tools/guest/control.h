/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first page of the shared range: where things are, and how far init got.
 *
 * The host writes the first half before it starts QEMU and init writes the
 * second half. The host reads the page while the guest runs, and after a panic,
 * so every field is complete at every moment.
 * tools/lib/verify/control-page.ts is the other side.
 */
#ifndef RFCK_CONTROL_H
#define RFCK_CONTROL_H

#include <linux/types.h>

#define RFCK_CONTROL_MAGIC	0x314c525443464352ULL	/* "RCFCTRL1" */

/* How far init got */
enum rfck_state {
	RFCK_STATE_NONE		= 0,	/* init has not mapped the range yet */
	RFCK_STATE_STARTED	= 1,	/* the range is mapped */
	RFCK_STATE_RUNNING	= 2,	/* facts are written, vectors run */
	RFCK_STATE_DONE		= 3,	/* footer is written */
	RFCK_STATE_FAILED	= 4,	/* init gave up; the last fact says why */
	RFCK_STATE_ENDING	= 5,	/* vectors have run, extras are collected */
};

/* All offsets are bytes from the start of the shared range */
struct rfck_control {
	__u64 magic;
	__u64 image_off;
	__u64 image_bytes;
	__u64 results_off;
	__u64 results_cap;
	__u64 facts_off;
	__u64 facts_cap;
	__u64 scratch_off;		/* mapped by RFCK_KIND_DEVMEM */
	__u64 scratch_bytes;
	__u64 extras_off;		/* files that init hands over at the end */
	__u64 extras_cap;
	__u64 duties;			/* RFCK_DUTY_* */
	__u64 go;			/* init waits until it is not zero */
	__u64 caller;			/* enum rfck_caller */
	__u64 code_off;			/* init's own code, where it is in nobody's way */
	__u64 code_cap;

	/* From here on init writes */
	__u32 state;			/* enum rfck_state */
	__u32 vector;			/* running, or run last */
	__u32 step;
	__u32 nr_results;		/* complete results */
	__u64 result_bytes;
	__u64 facts_bytes;
	__u64 beats;			/* grows with every record, and step of the end */
	__u64 extras_bytes;
	__u32 parked;			/* ready, and waits for go */
	__u32 nr_records;		/* of the image */
	/* For a parent that goes on when its child has ended, and after exec */
	__u64 next_off;			/* record to run, from the image's body */
	__u32 next_nr;			/* records before it */
	__u32 restricted;		/* cpuset.mems has to be restored */
	__u32 tracing;			/* tracing has to be turned off */
	__u32 asked;			/* the vector has asked for totals */
	__u64 totals[32];		/* of hbf/stats, when they were last asked for */
};

/* Who makes the calls: kernel-model/machine/caller.ts */
enum rfck_caller {
	RFCK_CALLER_ROOT	= 0,
	RFCK_CALLER_USER	= 1,
	RFCK_CALLER_CPUSET	= 2,
	RFCK_CALLER_SECCOMP	= 3,
	RFCK_CALLER_COMPAT	= 4,
};

/* What init does besides carrying out the vectors once */
#define RFCK_DUTY_COVERAGE	1
#define RFCK_DUTY_LEAKS		2
#define RFCK_DUTY_LOCKDEP	4
#define RFCK_DUTY_FAULTS	8
#define RFCK_DUTY_WATCHPOINTS	16

/* Where in the control page the steps of steps.c are, and what expect.c wants: two texts */
#define RFCK_STEPS_OFF	2048
#define RFCK_STEPS_CAP	2048

/* One file among the extras: name and content follow, each padded to 8 bytes */
struct rfck_extra {
	__u32 name_bytes;
	__u32 data_bytes;
};

#endif /* RFCK_CONTROL_H */
