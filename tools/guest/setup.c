// SPDX-License-Identifier: GPL-2.0-only
/* The file systems, and the cgroup whose cpuset the vectors restrict. */
#include "runner.h"

#define CGROUP "/cgroup/run"
#define HUGE_PAGES "/sys/kernel/mm/transparent_hugepage"
#define HAS_MEMORY "/sys/devices/system/node/has_memory"
#define WAIT_MS 30000
#define LOOK_MS 10
/* Has a cpuset of its own around that of the vectors */
#define OUTER "/cgroup/outer"

static int mems_fd = -1;
/* All nodes, as the kernel writes them. A list that was set cannot be made empty again. */
static char all_mems[256];
static long all_mems_len;

static void mount_at(const char *type, const char *dir)
{
	long ret;

	sys_mkdir(dir, 0755);
	ret = my_syscall5(__NR_mount, type, dir, type, 0, 0);
	if (ret < 0 && ret != -EBUSY)
		fail(type, ret);
}

/* Absent in a kernel without the option, which is no failure. */
static void mount_optional(const char *type, const char *dir)
{
	my_syscall5(__NR_mount, type, dir, type, 0, 0);
}

void setup_mounts(void)
{
	mount_at("proc", "/proc");
	mount_at("sysfs", "/sys");
	mount_at("devtmpfs", "/dev");
	mount_optional("debugfs", "/sys/kernel/debug");
	mount_optional("tracefs", "/sys/kernel/tracing");
}

void write_text(const char *path, const char *text)
{
	int fd = sys_open(path, O_WRONLY, 0);
	long ret = fd < 0 ? fd : sys_write(fd, text, strlen(text));

	if (ret < 0)
		fail(path, ret);
	sys_close(fd);
}

/*
 * Huge pages where a mapping asks for them, and none that come later and by themselves. A kernel
 * without them has no such files.
 */
void setup_huge_pages(void)
{
	static const struct { const char *path, *text; } settings[] = {
		{ HUGE_PAGES "/enabled", "madvise" },
		/* Off where there is less than 512 MiB: mm/huge_memory.c:hugepage_init() */
		{ HUGE_PAGES "/use_zero_page", "1" },
		{ HUGE_PAGES "/khugepaged/scan_sleep_millisecs", "4294967295" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		int fd = sys_open(settings[i].path, O_WRONLY, 0);

		if (fd < 0)
			continue;
		sys_close(fd);
		write_text(settings[i].path, settings[i].text);
	}
}

static void read_all_mems(const char *path)
{
	int fd = sys_open(path, O_RDONLY, 0);

	all_mems_len = fd < 0 ? fd : sys_read(fd, all_mems, sizeof(all_mems));
	if (all_mems_len <= 0)
		fail("cannot read cpuset.mems.effective", all_mems_len);
	sys_close(fd);
}

/* Cpusets hear of memory that came late in a work of their own: kernel/cgroup/cpuset.c */
static void wait_for_all_mems(void)
{
	int fd = sys_open(HAS_MEMORY, O_RDONLY, 0);
	char nodes[sizeof(all_mems)];
	unsigned long ms;
	long len;

	read_all_mems(CGROUP "/cpuset.mems.effective");
	if (fd < 0)
		return;
	len = sys_read(fd, nodes, sizeof(nodes));
	sys_close(fd);
	for (ms = 0; all_mems_len != len || memcmp(all_mems, nodes, len); ms += LOOK_MS) {
		if (ms > WAIT_MS)
			fail("a cpuset leaves out a node with memory", 0);
		sleep_ms(LOOK_MS);
		read_all_mems(CGROUP "/cpuset.mems.effective");
	}
}

static void open_mems(const char *path)
{
	mems_fd = sys_open(path, O_RDWR | O_CLOEXEC, 0);
	if (mems_fd < 0)
		fail("cannot open cpuset.mems", mems_fd);
}

void setup_cgroup(void)
{
	mount_at("cgroup2", "/cgroup");
	write_text("/cgroup/cgroup.subtree_control", "+cpuset");
	sys_mkdir(CGROUP, 0755);
	write_text(CGROUP "/cgroup.procs", "0");
	wait_for_all_mems();
	open_mems(CGROUP "/cpuset.mems");
}

/* Called once, before the first vector. */
void enter_outer_cpuset(const char *mems)
{
	sys_mkdir(OUTER, 0755);
	write_text(OUTER "/cpuset.mems", mems);
	write_text(OUTER "/cgroup.subtree_control", "+cpuset");
	sys_mkdir(OUTER "/run", 0755);
	write_text(OUTER "/run/cgroup.procs", "0");
	read_all_mems(OUTER "/run/cpuset.mems.effective");
	if (strncmp(all_mems, mems, strlen(mems)))
		fail("the outer cpuset leaves other nodes", 0);
	sys_close(mems_fd);
	setup_cpuset();
}

/* In a program that was just executed. */
void setup_cpuset(void)
{
	open_mems(control->caller == RFCK_CALLER_CPUSET ? OUTER "/run/cpuset.mems" :
							  CGROUP "/cpuset.mems");
}

/* Writes the nodes of @mask as a list; returns 0 or what the kernel said. */
long cpuset_allow(__u64 mask)
{
	char list[256];
	char *p = list;
	int nid;
	long ret;

	for (nid = 0; nid < 64; nid++) {
		if (!(mask >> nid & 1))
			continue;
		if (p != list)
			*p++ = ',';
		if (nid >= 10)
			*p++ = '0' + nid / 10;
		*p++ = '0' + nid % 10;
	}
	*p++ = '\n';
	/* A position has two halves on 32 bits */
	ret = my_syscall5(__NR_pwrite64, mems_fd, list, p - list, 0, 0);
	return ret < 0 ? ret : 0;
}

void cpuset_restore(void)
{
	long ret = my_syscall4(__NR_pwrite64, mems_fd, all_mems, all_mems_len, 0);

	if (ret < 0)
		fail("cannot restore cpuset.mems", ret);
}
