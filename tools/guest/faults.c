// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/self/fail-nth makes the n-th fallible step of this task fail
 * (Documentation/fault-injection/fault-injection.rst @ 6.12.117). Reading and
 * writing that file copies from and to user space, which are such steps too.
 */
#include "runner.h"

#define DEBUGFS "/sys/kernel/debug/"

static int nth_fd = -1;
__u32 fault_wanted;
static int hit;

/* Without these only allocations that may not sleep fail, and no single pages. */
static const char *const knobs[][2] = {
	{ DEBUGFS "failslab/ignore-gfp-wait", "N" },
	{ DEBUGFS "failslab/verbose", "0" },
	{ DEBUGFS "fail_page_alloc/ignore-gfp-wait", "N" },
	{ DEBUGFS "fail_page_alloc/ignore-gfp-highmem", "N" },
	{ DEBUGFS "fail_page_alloc/min-order", "0" },
	{ DEBUGFS "fail_page_alloc/verbose", "0" },
	{ DEBUGFS "fail_usercopy/verbose", "0" },
};

void faults_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(knobs) / sizeof(knobs[0]); i++) {
		int fd = sys_open(knobs[i][0], O_WRONLY, 0);
		long ret = fd < 0 ? fd : sys_write(fd, knobs[i][1], 1);

		if (ret < 0)
			fail(knobs[i][0], ret);
		sys_close(fd);
	}
	nth_fd = sys_open("/proc/self/fail-nth", O_RDWR, 0);
	if (nth_fd < 0)
		fail("cannot open /proc/self/fail-nth", nth_fd);
}

/* The next call that is armed has its @nth step fail; 0 for none. */
void fault_next(__u32 nth)
{
	fault_wanted = nth;
	hit = 0;
}

int fault_hit(void)
{
	return hit;
}

static long write_nth(__u32 value)
{
	char text[12];
	char *p = text + sizeof(text);

	do {
		*--p = '0' + value % 10;
		value /= 10;
	} while (value);
	return my_syscall4(__NR_pwrite64, nth_fd, p, text + sizeof(text) - p, 0);
}

void fault_set(void)
{
	long ret = write_nth(fault_wanted);

	if (ret < 0)
		fail("cannot write fail-nth", ret);
}

/* What is left is 0 only if the step failed. Asking may itself be the step that fails. */
void fault_take_back(void)
{
	char text[12];
	long ret;

	ret = my_syscall4(__NR_pread64, nth_fd, text, sizeof(text), 0);
	hit = ret > 0 && text[0] == '0';
	if (write_nth(0) < 0 && write_nth(0) < 0)
		fail("cannot take fail-nth back", 0);
}
