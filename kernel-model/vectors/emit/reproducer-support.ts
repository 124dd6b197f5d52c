/** What the calls of a reproducer are made with: C that needs a C library and nothing else. */
export const REPRODUCER_SUPPORT = `#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif

static int fd[SLOTS];
static int uffd = -1;

static void *at(long page)
{
	return (char *)ARENA + page * PAGE;
}

static void did(const char *what, long ret)
{
	printf("%s = %ld%s%s\\n", what, ret, ret < 0 ? " " : "", ret < 0 ? strerror(errno) : "");
}

static long do_open(int slot, int flags, int uid)
{
	if (uid && setresuid(-1, uid, -1))
		perror("setresuid");
	fd[slot] = open("/dev/hbfctl", flags);
	if (uid && setresuid(-1, 0, -1))
		perror("setresuid");
	return fd[slot] < 0 ? -1 : 0;
}

static long do_close(int slot)
{
	long ret = close(fd[slot]);

	fd[slot] = -1;
	return ret;
}

/* Kinds 2, 3 and 7 are memfds, the last opened once more for reading only; 4 is /dev/mem */
static long do_mmap(int kind, long page, long npages, int prot)
{
	static const int flags[] = {
		MAP_PRIVATE | MAP_ANONYMOUS, MAP_SHARED | MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED,
		MAP_SHARED, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, MAP_SHARED,
	};
	char path[64];
	int file = -1;
	void *got;

	if (kind == 2 || kind == 3 || kind == 7) {
		file = memfd_create("reproducer", 0);
		if (file < 0 || ftruncate(file, npages * PAGE))
			perror("memfd");
	}
	if (kind == 7) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
		file = open(path, O_RDONLY);
	}
	if (kind == 4)
		file = open("/dev/mem", O_RDWR);
	got = mmap(at(page), npages * PAGE, prot, flags[kind] | MAP_FIXED_NOREPLACE, file, 0);
	return got == at(page) ? 0 : -1;
}

static long do_touch(long page, long npages)
{
	int zero = open("/dev/zero", O_RDONLY);
	long i, ret = 0;

	for (i = 0; ret >= 0 && i < npages; i++)
		ret = read(zero, at(page + i), 1);
	close(zero);
	return ret < 0 ? -1 : 0;
}

static long do_uffd(long page, long npages)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (unsigned long)at(page), npages * PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};

	if (uffd < 0) {
		uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
		if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
			perror("userfaultfd");
	}
	return ioctl(uffd, UFFDIO_REGISTER, &reg);
}

/* cpuset.mems of a cgroup of our own, with the cgroup2 file system on /sys/fs/cgroup */
static long do_cpuset(const char *nodes)
{
	static const char dir[] = "/sys/fs/cgroup/reproducer";
	static const char *const files[] = { "/../cgroup.subtree_control", "/cgroup.procs",
					     "/cpuset.mems" };
	const char *const texts[] = { "+cpuset", "0", nodes };
	char path[128];
	long ret = 0;
	int i, file;

	mkdir(dir, 0755);
	for (i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", dir, files[i]);
		file = open(path, O_WRONLY);
		ret = write(file, texts[i], strlen(texts[i]));
		close(file);
	}
	return ret < 0 ? -1 : 0;
}

/* The argument ends where it is no more accessible, if it does; then comes a page without access */
static long do_ioctl(int slot, unsigned int cmd, const void *bytes, size_t len,
		     unsigned int accessible, int read_only)
{
	size_t room = 16 * PAGE;
	char *base = mmap(NULL, room + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
	char *argument = accessible == ALL_ACCESSIBLE ? base : base + room - accessible;
	long ret;

	mprotect(base + room, PAGE, PROT_NONE);
	memcpy(argument, bytes, accessible < len ? accessible : len);
	if (read_only)
		mprotect(base, room, PROT_READ);
	ret = ioctl(fd[slot], cmd, argument);
	munmap(base, room + PAGE);
	return ret;
}

static long do_file(int slot, int which, int target)
{
	struct epoll_event event = { .events = EPOLLIN };
	char bytes[8] = { 0 };
	void *got;

	switch (which) {
	case 0:
		return lseek(fd[slot], 0, SEEK_SET);
	case 1:
		return read(fd[slot], bytes, sizeof(bytes));
	case 2:
		return write(fd[slot], bytes, sizeof(bytes));
	case 3:
		got = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd[slot], 0);
		return got == MAP_FAILED ? -1 : munmap(got, PAGE);
	case 4:
		return epoll_ctl(epoll_create1(0), EPOLL_CTL_ADD, fd[slot], &event);
	default:
		fd[target] = dup(fd[slot]);
		return fd[target] < 0 ? -1 : 0;
	}
}
`;
