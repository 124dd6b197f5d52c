// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of a child: the records are taken from a place in the shared range, so that
 * a parent, or a program that was just executed, goes on where the last one stopped.
 */
#include "inline.h"

/* The record to run next; those that belong to it are in reach. */
const struct rfck_record *peek_record(void)
{
	return image_at(sizeof(struct rfck_image_header) + control->next_off);
}

/* Takes it before it is run: exec() and a parent find the one behind it. */
const struct rfck_record *take_record(void)
{
	const struct rfck_record *rec = peek_record();

	control->next_off += (const char *)next_record(rec) - (const char *)rec;
	control->next_nr++;
	return rec;
}

/* What a child runs until it is over: the calls of one vector up to EXIT. */
static void run_child(__u32 vector)
{
	while (control->next_nr < control->nr_records && peek_record()->vector == vector) {
		const struct rfck_record *rec = take_record();

		run_record(rec, head_of(rec, vector));
		if (rec->op == RFCK_OP_EXIT)
			break;
	}
	sys_exit(0);
}

/* A signal that ends a process is told by itself: no vector sends one. */
void wait_for_process(long pid)
{
	int status = 0;
	long ret = my_syscall4(__NR_wait4, pid, &status, 0, 0);

	if (ret == pid && status & 0x7f)
		fact_number("killed", status & 0x7f);
	if (ret != pid || status)
		fail("a process did not end as it should", ret < 0 ? ret : -status);
}

/*
 * The parent waits, and goes on behind what the child has run. The child's results
 * begin with that of fork() itself.
 */
long op_fork(const struct rfck_record *rec)
{
	long pid;

	if (control->duties & RFCK_DUTY_FAULTS)
		fail("a child among failing steps", 0);
	pid = sys_fork();
	if (pid < 0)
		return pid;
	if (pid == 0) {
		context_fork();
		write_result(head_of(rec, rec->vector));
		run_child(rec->vector);
	}
	wait_for_process(pid);
	return CHILD_ENDED;
}

/* The new program finds its place in the control page; what it inherits is for it to see. */
long op_exec(const struct rfck_record *rec)
{
	char *name = rec->arg[RFCK_ARG_EXEC_BITS] == 32 ? "/init32" : "/init";
	char *argv[] = { name, "resume", NULL };
	char *envp[] = { NULL };

	context_hand_over();
	return sys_execve(name, argv, envp);
}

/* In a program that was just executed: EXEC has succeeded. */
void resume_child(void)
{
	struct rfck_result exec = {
		.vector = control->vector, .step = control->step, .op = RFCK_OP_EXEC,
	};

	write_result(exec);
	run_child(control->vector);
}
