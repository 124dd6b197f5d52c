// SPDX-License-Identifier: GPL-2.0-only
/*
 * What init sees of the kernel and the machine, as lines of name=value beside the
 * results. Not the hot path, so text is fine; the console stays the kernel's.
 */
#include <linux/utsname.h>
#include "runner.h"

#define TIERS "/sys/devices/virtual/memory_tiering"
#define NODES "/sys/devices/system/node"

static void put(const char *text, unsigned long len)
{
	unsigned long used = control->facts_bytes;

	if (used + len > control->facts_cap)
		return;
	memcpy(shared_at(control->facts_off + used), text, len);
	control->facts_bytes = used + len;
}

void fact(const char *name, const char *value)
{
	put(name, strlen(name));
	put("=", 1);
	put(value, strlen(value));
	put("\n", 1);
}

void fact_number(const char *name, unsigned long value)
{
	char digits[24];

	fact(name, text_of_number(digits + sizeof(digits) - 1, value));
}

/* The first line of a file, or nothing if there is no such file. */
void fact_file(const char *name, const char *path)
{
	static char text[512];
	int fd = sys_open(path, O_RDONLY, 0);
	char *end;
	long len;

	if (fd < 0)
		return;
	len = sys_read(fd, text, sizeof(text) - 1);
	sys_close(fd);
	text[len < 0 ? 0 : len] = '\0';
	end = strchr(text, '\n');
	if (end)
		*end = '\0';
	fact(name, text);
}

/* What follows @key in a file of such lines. */
static void fact_line(const char *name, const char *path, const char *key)
{
	static char text[8192];
	int fd = sys_open(path, O_RDONLY, 0);
	long len = fd < 0 ? 0 : sys_read(fd, text, sizeof(text) - 1);
	char *at, *end;

	if (fd >= 0)
		sys_close(fd);
	text[len < 0 ? 0 : len] = '\0';
	at = text_find(text, key);
	if (!at)
		return;
	at += strlen(key);
	while (*at == ' ')
		at++;
	end = strchr(at, '\n');
	if (end)
		*end = '\0';
	fact(name, at);
}

static void fact_meminfo(const char *name, const char *key)
{
	fact_line(name, "/proc/meminfo", key);
}

void facts_of_kernel(void)
{
	struct new_utsname uts;

	if (my_syscall1(__NR_uname, &uts) == 0) {
		fact("release", uts.release);
		fact("version", uts.version);
		fact("machine", uts.machine);
	}
	fact_file("taint.before", "/proc/sys/kernel/tainted");
	fact_meminfo("memfree.before", "MemFree:");
}

/* memory_tierN/nodelist of every tier that exists. */
static void facts_of_tiers(void)
{
	static char entries[4096];
	char path[128], name[64];
	int fd = sys_open(TIERS, O_RDONLY | O_DIRECTORY, 0);
	long len, at;

	if (fd < 0)
		return;
	while ((len = sys_getdents64(fd, (void *)entries, sizeof(entries))) > 0) {
		for (at = 0; at < len;) {
			struct linux_dirent64 *entry = (void *)(entries + at);

			at += entry->d_reclen;
			if (strncmp(entry->d_name, "memory_tier", 11) ||
			    strlen(entry->d_name) > 24)
				continue;
			strcpy(path, TIERS "/");
			text_append(path, entry->d_name);
			text_append(path, "/nodelist");
			strcpy(name, "tier.");
			text_append(name, entry->d_name);
			fact_file(name, path);
		}
	}
	sys_close(fd);
}

void facts_of_nodes(void)
{
	fact_file("nodes.possible", NODES "/possible");
	fact_file("nodes.online", NODES "/online");
	fact_file("nodes.memory", NODES "/has_memory");
	fact_file("nodes.cpu", NODES "/has_cpu");
	facts_of_tiers();
}

/* The nodes of a page of the runner's code, its data and its stack: 0, or vectors are slow. */
void facts_of_runner(void)
{
	static int data = 1;
	int stack = 1;
	void *pages[3] = { (void *)facts_of_runner, &data, &stack };
	int nids[3] = { -1, -1, -1 };
	int worst = 0;
	unsigned int i;

	data = stack;
	if (my_syscall6(__NR_move_pages, 0, 3, pages, NULL, nids, 0) < 0)
		return;
	for (i = 0; i < 3; i++)
		if (nids[i] > worst)
			worst = nids[i];
	fact_number("runner.node", worst);
}

static int taint_fd = -1;
static char taint_last[32];
static long taint_len;

void taint_init(void)
{
	taint_fd = sys_open("/proc/sys/kernel/tainted", O_RDONLY | O_CLOEXEC, 0);
	if (taint_fd < 0)
		fail("cannot open /proc/sys/kernel/tainted", taint_fd);
	taint_len = my_syscall4(__NR_pread64, taint_fd, taint_last, sizeof(taint_last), 0);
}

/* Names the first vector after which the taint is not what it was. */
void taint_check(__u32 vector)
{
	char text[32];
	long len;

	if (taint_fd < 0)
		return;
	len = my_syscall4(__NR_pread64, taint_fd, text, sizeof(text), 0);
	if (len == taint_len && !memcmp(text, taint_last, len))
		return;
	fact_number("taint.vector", vector);
	sys_close(taint_fd);
	taint_fd = -1;
}

void facts_at_end(void)
{
	fact_file("taint.after", "/proc/sys/kernel/tainted");
	fact_meminfo("memfree.after", "MemFree:");
	if (control->duties & RFCK_DUTY_LOCKDEP)
		fact_line("lockdep", "/proc/lockdep_stats", "debug_locks:");
	if (control->duties & RFCK_DUTY_WATCHPOINTS)
		fact_line("watchpoints", "/sys/kernel/debug/kcsan", "setup_watchpoints:");
}
