// SPDX-License-Identifier: GPL-2.0-only
/* The order of things in init, and the two ways out. */
#include "runner.h"

#define DEBUG_EXIT_PORT		0xf4
#define DEBUG_EXIT_VALUE	0x10

/*
 * A panic with panic=-1 ends QEMU with status 0, just as a power off does. The
 * debug exit device gives 33, which nothing but this line can cause.
 */
void leave(void)
{
	port_flush(1);
#if defined(__x86_64__) || defined(__i386__)
	if (my_syscall3(__NR_ioperm, DEBUG_EXIT_PORT, 4, 1) == 0)
		__asm__ volatile("outl %0, %1" : : "a"(DEBUG_EXIT_VALUE),
				 "Nd"((unsigned short)DEBUG_EXIT_PORT));
#endif
	my_syscall4(__NR_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
		    LINUX_REBOOT_CMD_POWER_OFF, 0);
	for (;;)
		my_syscall0(__NR_sched_yield);
}

/* To the kernel's log: without the shared range there is no other place for a word. */
static void say(const char *why, long ret)
{
	int fd = sys_open("/dev/kmsg", O_WRONLY, 0);
	char text[192] = "<2>rfckit: ", digits[24];

	text_append(text, why);
	text_append(text, ", errno ");
	text_append(text, text_of_number(digits + sizeof(digits) - 1, ret < 0 ? -ret : 0));
	text_append(text, "\n");
	if (fd >= 0)
		sys_write(fd, text, strlen(text));
}

/* Gives up because of something in the runner's own world, never because of a result. */
void fail(const char *why, long ret)
{
	if (control) {
		fact("failed", why);
		fact_number("failed.errno", ret < 0 ? -ret : 0);
		control->state = RFCK_STATE_FAILED;
	} else {
		say(why, ret);
	}
	leave();
}

/* A child that has executed this program again, maybe as one of 32 bits. */
static void resume(void)
{
	shared_map(0);
	setup_cpuset();
	context_resume();
	ioctl_init();
	resume_child();
}

static void carry_out(void) __attribute__((noreturn));

static void carry_out(void)
{
	control->state = RFCK_STATE_RUNNING;
	port_flush(1);
	run_vectors();
	control->state = RFCK_STATE_ENDING;
	extras_at_end();
	facts_at_end();
	control->state = RFCK_STATE_DONE;
	leave();
}

/* This program of 32 bits goes on as init, with all vectors before it. */
static void take_over(void)
{
	shared_map(0);
	setup_cgroup();
	context_init();
	ioctl_init();
	taint_init();
	if (control->duties & RFCK_DUTY_FAULTS)
		faults_init();
	caller_init(1);
	carry_out();
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "vectors"))
		take_over();
	if (argc > 1)
		resume();
	setup_mounts();
	shared_map(1);
	control->state = RFCK_STATE_STARTED;
	setup_steps();
	setup_cgroup();
	setup_huge_pages();
	context_init();
	ioctl_init();
	facts_of_kernel();
	facts_of_nodes();
	facts_of_runner();
	expect_machine();
	taint_init();
	if (control->duties & RFCK_DUTY_FAULTS)
		faults_init();
	park();
	shared_keep_code();
	caller_init(0);
	carry_out();
}
