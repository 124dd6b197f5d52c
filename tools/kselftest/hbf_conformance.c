// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conformance of /dev/hbfctl: carries out the vectors of hbf_conformance.h,
 * which come from a model of the interface, and compares errno, argument and
 * counters. The table names the row of Documentation/mm/hbf-control-plane.rst
 * that has to answer, and what else is wrong with the hint.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/hbf.h>
#include <linux/userfaultfd.h>

#include "../kselftest.h"

#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT	0x01
#endif

#define HBF_DEV		"/dev/hbfctl"
#define CGROUPS		"/sys/fs/cgroup"
#define CGROUP		CGROUPS "/hbf_conformance"
#define NODES		"/sys/devices/system/node/"
#define TIERS		"/sys/devices/virtual/memory_tiering/memory_tier%d/nodelist"
#define NODES_MAX	1024
#define TIERS_MAX	1024

/* Values of target_nid that depend on the machine; see find_nodes(). */
enum {
	NID_AUTO = HBF_NID_AUTO,
	NID_TOP = INT_MAX - 4,	/* memory of a top tier */
	NID_LOW,		/* memory of a lower tier */
	NID_EMPTY,		/* no memory */
	NID_BEYOND,		/* more than the kernel can number */
};

/* Sizes, and offsets in a page, that depend on the size of a page. */
#define PAGE_PLUS(n)	(1LL << 32 | (n))
#define SIZE_ZERO	(-1)
#define LAST_BYTE	(-1)

/* A hint, and what it gets. Members that are zero are left out of the table. */
struct hbf_vector {
	const char *row;	/* which row answers */
	int step, err;
	int op;
	const char *cells;	/* what is mapped, see map_cell() */
	int page, npages;	/* the range in cells; -1: as many as there are */
	int nid;
	bool counted;		/* STATS counts it */
	const char *also;	/* steps of the rows that are violated, too */
	long long size;		/* 0: HBF_HINT_SIZE_VER0 */
	unsigned int cmd;	/* 0: HBF_IOC_HINT */
	int start_off, len_off;	/* bytes of start and len beyond a page */
	bool far;		/* start is in the upper half of the addresses */
	bool long_len;		/* len is half of them */
	int readable;		/* the argument faults at this byte; 0: nowhere */
	short set[4];		/* bytes of the argument that are 1 */
	__u64 flags;
	__u32 pad0;
	int mode;		/* O_RDWR unless told */
	int denied;		/* the cpuset lacks this node */
};

/* A call that the file system answers. */
struct hbf_file_vector {
	const char *row;
	int err;
	const char *call;
	int mode;
	bool nobody;		/* as a user without privilege */
};

/* HBF_IOC_CAPS or HBF_IOC_STATS. */
struct hbf_answer_vector {
	const char *row;
	int err;
	unsigned int cmd;
	long long size;
	int readable;		/* as above */
	int set;		/* offset of a byte that is 1; 0: none */
	bool read_only;		/* the argument can't be written */
	int size_out;
};

#include "hbf_conformance.h"

static unsigned long psize;
static unsigned long huge;	/* bytes of a huge page, 0 if there are none */
static char *arena;		/* an area of its own, three huge pages or so */
static unsigned long arena_len;
static char *cells;		/* where the cells of a vector begin */
static char *argument;		/* two pages, and one that can't be read */
static int nodes[NID_BEYOND - NID_TOP + 1];
static bool has_memory[NODES_MAX];

/* Fills has[] from a list such as "0-1,4"; returns the number of nodes. */
static int read_nodes(const char *path, bool *has)
{
	int first, last, n, nr = 0;
	FILE *f = fopen(path, "r");

	memset(has, 0, NODES_MAX);
	if (!f)
		return 0;
	while (fscanf(f, "%d%n", &first, &n) == 1) {
		if (fscanf(f, "-%d", &last) != 1)
			last = first;
		for (; first <= last && first < NODES_MAX; first++, nr++)
			has[first] = true;
		if (fgetc(f) != ',')
			break;
	}
	fclose(f);
	return nr;
}

/* The number behind key in a file of /proc; its digits are counted for masks. */
static long read_key(const char *path, const char *key, bool mask)
{
	FILE *f = fopen(path, "r");
	char line[512];
	long value = 0;
	char *c;

	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f)) {
		if (strncmp(line, key, strlen(key)))
			continue;
		c = line + strlen(key);
		if (!mask)
			value = strtol(c, NULL, 10);
		for (; mask && *c; c++)
			value += isxdigit(*c) ? 1 : 0;
	}
	fclose(f);
	return value;
}

static void use_node(int symbol, int nid)
{
	if (nodes[symbol - NID_TOP] < 0 && nid < NODES_MAX)
		nodes[symbol - NID_TOP] = nid;
}

/* The slowest tier with a CPU is the last that is a top tier. */
static void find_nodes(void)
{
	bool has_cpu[NODES_MAX], in_tier[NODES_MAX], is_top[NODES_MAX] = { };
	bool has_tiers = false;
	char path[128];
	int tier, nid;

	memset(nodes, -1, sizeof(nodes));
	if (!read_nodes(NODES "has_memory", has_memory))
		return;
	read_nodes(NODES "has_cpu", has_cpu);
	for (tier = TIERS_MAX - 1; tier >= 0; tier--) {
		snprintf(path, sizeof(path), TIERS, tier);
		if (!read_nodes(path, in_tier))
			continue;
		for (nid = 0; nid < NODES_MAX; nid++)
			has_tiers |= in_tier[nid] && has_cpu[nid];
		for (nid = 0; nid < NODES_MAX && has_tiers; nid++)
			is_top[nid] |= in_tier[nid];
	}
	for (nid = 0; nid < NODES_MAX && has_tiers; nid++)
		if (has_memory[nid])
			use_node(is_top[nid] ? NID_TOP : NID_LOW, nid);

	/* A mask of nodes has four to the digit, which tells MAX_NUMNODES. */
	nid = 4 * read_key("/proc/self/status", "Mems_allowed:", true);
	if (nid > 4)
		use_node(NID_BEYOND, nid);
	while (--nid >= 0)
		if (nid >= NODES_MAX || !has_memory[nid])
			use_node(NID_EMPTY, nid);
}

/* What target_nid is on this machine; false if it has no such node. */
static bool find_node(int symbol, int *nid)
{
	*nid = symbol < NID_TOP ? symbol : nodes[symbol - NID_TOP];
	return symbol < NID_TOP || *nid >= 0;
}

static void *reserve(unsigned long len, int flags)
{
	return mmap(arena, len, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
}

static bool set_up_memory(void)
{
	unsigned long align;

	psize = sysconf(_SC_PAGESIZE);
	huge = 1024UL * read_key("/proc/meminfo", "Hugepagesize:", false);
	align = huge ? huge : 64 * psize;
	arena_len = 4 * align;
	arena = reserve(arena_len, 0);
	argument = mmap(NULL, 3 * psize, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (arena == MAP_FAILED || argument == MAP_FAILED ||
	    mprotect(argument + 2 * psize, psize, PROT_NONE))
		return false;
	cells = (char *)(((uintptr_t)arena + 2 * align) & -align);
	return true;
}

static bool register_uffd(char *at)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (uintptr_t)at, psize },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	/* It ends with the mapping, or the process. */
	static int uffd = -1;

	if (uffd < 0) {
		uffd = syscall(__NR_userfaultfd, O_CLOEXEC);
		if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
			return false;
	}
	return !ioctl(uffd, UFFDIO_REGISTER, &reg);
}

/*
 * a: plain anonymous memory, n: PROT_NONE, w: PROT_WRITE, x: PROT_EXEC,
 * l: mlocked, u: with a userfaultfd, d: VM_PFNMAP, h: hugetlb, .: a hole
 */
static bool map_cell(char cell, char *at)
{
	int prot = PROT_READ | PROT_WRITE, fd = -1;
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
	unsigned long len = psize;
	off_t offset = 0;
	void *map;

	switch (cell) {
	case '.':
		return true;
	case 'n':
		prot = PROT_NONE;
		break;
	case 'w':
		prot = PROT_WRITE;
		break;
	case 'x':
		prot = PROT_EXEC;
		break;
	case 'h':
		if (!huge)
			return false;
		len = huge;
		flags |= MAP_HUGETLB | MAP_NORESERVE;
		break;
	case 'd':
		/* Never touched. What CONFIG_STRICT_DEVMEM allows on x86. */
		fd = open("/dev/mem", O_RDWR | O_CLOEXEC);
		flags = MAP_SHARED | MAP_FIXED;
		offset = 0xc0000;
		break;
	}
	map = mmap(at, len, prot, flags, fd, offset);
	if (fd >= 0)
		close(fd);
	if (map == MAP_FAILED)
		return false;
	if (cell == 'l')
		return !syscall(__NR_mlock2, at, psize, MLOCK_ONFAULT);
	return cell != 'u' || register_uffd(at);
}

/* Between vectors nothing else may be mapped where they have holes. */
static bool map_cells(const char *kinds)
{
	bool done = true;
	int i;

	munmap(arena, arena_len);
	for (i = 0; kinds[i] && done; i++)
		done = map_cell(kinds[i], cells + i * psize);
	return done;
}

/* Where the argument has to be so that it faults at byte readable. */
static char *place(int readable, unsigned long len)
{
	memset(argument, 0, 2 * psize);
	return readable ? argument + 2 * psize - readable :
	       argument + (len > psize ? 0 : psize - len);
}

static long long real_size(long long size)
{
	if (size == SIZE_ZERO)
		return 0;
	return size >= PAGE_PLUS(0) ? psize + (int)size : size;
}

static __u64 real_offset(int offset)
{
	return offset == LAST_BYTE ? psize - 1 : offset;
}

/* What a vector found: an errno or one of these. */
enum { CHANGED = 200, MISCOUNTED, LACKING };

static bool miscounts(int fd, const struct hbf_vector *v)
{
#ifdef HBF_IOC_STATS
	struct hbf_stats stats = { .size = sizeof(stats) };
	int i;

	if (ioctl(fd, HBF_IOC_STATS, &stats))
		return true;
	for (i = 0; i < (int)ARRAY_SIZE(stats.op); i++) {
		__u64 calls = v->counted && v->op == i + HBF_OP_PREFETCH;

		if (stats.op[i].calls != calls ||
		    stats.op[i].errors != (v->err ? calls : 0))
			return true;
	}
#endif
	return false;
}

static int give(const struct hbf_vector *v)
{
	int fd = open(HBF_DEV, (v->mode ? v->mode - 1 : O_RDWR) | O_CLOEXEC);
	unsigned long size = v->size ? real_size(v->size) : HBF_HINT_SIZE_VER0;
	struct hbf_hint hint = {
		.size = size,
		.op = v->op,
		.flags = v->flags,
		.start = (uintptr_t)cells + v->page * (long)psize,
		.len = v->npages * (__u64)psize + real_offset(v->len_off),
		.pad0 = v->pad0,
	};
	unsigned long len = v->readable ? v->readable : psize;
	char copy[128];
	char *arg;
	int i, err;

	if (fd < 0)
		return LACKING;
	if (!find_node(v->nid, &hint.target_nid)) {
		close(fd);
		return LACKING;
	}
	if (v->far)
		hint.start = 1ULL << 63;
	if (v->long_len)
		hint.len = (1ULL << 63) + real_offset(v->len_off);
	hint.start += real_offset(v->start_off);
	arg = place(v->readable, psize);
	memcpy(arg, &hint, len < HBF_HINT_SIZE_VER0 ? len : HBF_HINT_SIZE_VER0);
	for (i = 0; v->set[i]; i++)
		arg[v->set[i]] = 1;
	len = len < sizeof(copy) ? len : sizeof(copy);
	memcpy(copy, arg, len);

	err = ioctl(fd, v->cmd ? v->cmd : HBF_IOC_HINT, arg) ? errno : 0;

	/* Only what a hint did may be written, and behind the first struct. */
	if (!err && len > HBF_HINT_SIZE_VER0)
		len = HBF_HINT_SIZE_VER0;
	if (memcmp(copy, arg, len))
		err = CHANGED;
	else if (err == v->err && miscounts(fd, v))
		err = MISCOUNTED;
	close(fd);
	return err;
}

static bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool done;

	if (fd < 0)
		return false;
	done = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	close(fd);
	return done;
}

/* Moves this process to a cpuset with all nodes but one. */
static bool deny(int symbol)
{
	char list[NODES_MAX * 5] = "", word[16];
	int nid, denied;

	if (!find_node(symbol, &denied))
		return false;
	for (nid = 0; nid < NODES_MAX; nid++) {
		if (!has_memory[nid] || nid == denied)
			continue;
		snprintf(word, sizeof(word), "%s%d", *list ? "," : "", nid);
		strcat(list, word);
	}
	write_file(CGROUPS "/cgroup.subtree_control", "+cpuset");
	mkdir(CGROUP, 0755);
	return *list && write_file(CGROUP "/cpuset.mems", list) &&
	       write_file(CGROUP "/cgroup.procs", "0");
}

static int open_as_nobody(int mode)
{
	struct stat st;

	/* Whoever looks after the machine may have given the device away. */
	if (stat(HBF_DEV, &st) || (st.st_mode & 0077))
		return LACKING;
	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		return LACKING;
	return open(HBF_DEV, mode | O_CLOEXEC) < 0 ? errno : 0;
}

/* Runs in a child what it can't undo; the status is what was found. */
static int in_child(const struct hbf_vector *v, const struct hbf_file_vector *f)
{
	int status;
	pid_t pid = fork();

	if (!pid && f)
		_exit(open_as_nobody(f->mode));
	if (!pid)
		_exit(map_cells(v->cells) && deny(v->denied) ? give(v) :
		      LACKING);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return LACKING;
	return WEXITSTATUS(status);
}

static int carry_out(const struct hbf_vector *v)
{
	int found;

	/* What is beyond 32 bits does not come as far on a 32-bit kernel. */
	if ((v->far || v->long_len) && sizeof(long) < 8)
		return LACKING;
	if (v->denied) {
		found = in_child(v, NULL);
		rmdir(CGROUP);
		return found;
	}
	found = map_cells(v->cells) ? give(v) : LACKING;
	munmap(arena, arena_len);
	reserve(arena_len, MAP_FIXED);
	return found;
}

static int use_file(const struct hbf_file_vector *f)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd, ep, err = 0;
	long ret = 0;
	char c = 0;

	if (f->nobody)
		return in_child(NULL, f);
	fd = open(HBF_DEV, f->mode | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (!strcmp(f->call, "lseek")) {
		ret = lseek(fd, 0, SEEK_SET);
	} else if (!strcmp(f->call, "read")) {
		ret = read(fd, &c, 1);
	} else if (!strcmp(f->call, "write")) {
		ret = write(fd, &c, 1);
	} else if (!strcmp(f->call, "mmap")) {
		ret = (long)mmap(NULL, psize, PROT_READ, MAP_SHARED, fd, 0);
	} else if (!strcmp(f->call, "epoll")) {
		ep = epoll_create1(EPOLL_CLOEXEC);
		ret = epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
		err = errno;
		close(ep);
		errno = err;
	}
	err = ret == -1 ? errno : 0;
	close(fd);
	return err;
}

static int ask(const struct hbf_answer_vector *v)
{
	unsigned int size = real_size(v->size), len, i;
	int fd = open(HBF_DEV, O_RDONLY | O_CLOEXEC);
	int err, known = _IOC_SIZE(v->cmd);
	char *arg = place(v->readable, size > psize ? psize : size);

	if (fd < 0)
		return LACKING;
	len = argument + 2 * psize - arg;
	/* A pattern, but zeros where the kernel knows nothing. */
	memset(arg, 0x5a, (int)len < known ? (int)len : known);
	memcpy(arg, &size, len < sizeof(size) ? len : sizeof(size));
	if (v->set)
		arg[real_offset(v->set)] = 1;
	if (v->read_only)
		mprotect(argument, 2 * psize, PROT_READ);
	err = ioctl(fd, v->cmd, arg) ? errno : 0;
	mprotect(argument, 2 * psize, PROT_READ | PROT_WRITE);
	close(fd);
	if (err)
		return err;

	memcpy(&size, arg, sizeof(size));
	if ((int)size != v->size_out)
		return CHANGED;
	/* Not one byte more. */
	for (i = size; i < len; i++)
		if (arg[i] != ((int)i < known ? 0x5a : 0))
			return CHANGED;
	return 0;
}

static void report(int found, int err, const char *what, const char *also)
{
	const char *and_wrong = also ? ", also wrong: " : "";

	also = also ? also : "";
	if (found == LACKING) {
		ksft_test_result_skip("%s%s%s\n", what, and_wrong, also);
		return;
	}
	if (found == CHANGED)
		ksft_print_msg("the argument is not as it should be\n");
	else if (found == MISCOUNTED)
		ksft_print_msg("STATS does not count as it should\n");
	else if (found != err)
		ksft_print_msg("expected %s, got %s\n", strerror(err),
			       strerror(found));
	ksft_test_result(found == err, "%s%s%s\n", what, and_wrong, also);
}

static void run_all(void)
{
	const struct hbf_vector *v;
	char what[160];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hbf_file_vectors); i++) {
		const struct hbf_file_vector *f = &hbf_file_vectors[i];

		snprintf(what, sizeof(what), "step 0, %s: %s with mode %d",
			 f->row, f->call, f->mode);
		report(use_file(f), f->err, what, NULL);
	}
	for (i = 0; i < ARRAY_SIZE(hbf_answer_vectors); i++) {
		const struct hbf_answer_vector *a = &hbf_answer_vectors[i];

		snprintf(what, sizeof(what), "%s with size %lld", a->row,
			 real_size(a->size));
		report(ask(a), a->err, what, NULL);
	}
	for (i = 0; i < ARRAY_SIZE(hbf_vectors); i++) {
		v = &hbf_vectors[i];
		snprintf(what, sizeof(what), "step %d, %s: op %d on %s",
			 v->step, v->row, v->op, v->cells);
		report(carry_out(v), v->err, what, v->also);
	}
}

int main(void)
{
	int fd = open(HBF_DEV, O_RDWR | O_CLOEXEC);

	ksft_print_header();
	if (fd < 0)
		ksft_exit_skip("%s: %s\n", HBF_DEV, strerror(errno));
	close(fd);
	if (!set_up_memory())
		ksft_exit_fail_msg("no memory: %s\n", strerror(errno));
	find_nodes();
	ksft_set_plan(ARRAY_SIZE(hbf_file_vectors) +
		      ARRAY_SIZE(hbf_answer_vectors) + ARRAY_SIZE(hbf_vectors));
	run_all();
	ksft_finished();
}
