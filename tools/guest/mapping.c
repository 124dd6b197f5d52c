// SPDX-License-Identifier: GPL-2.0-only
/* What the kinds of mapping are made of. */
#include <linux/memfd.h>
#include "runner.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

/* A mapping can be enlarged by mremap(), time and again */
#define FILE_BYTES	(16 * ARENA_BYTES)

/* mmap() with an offset beyond 4 GiB also for a program of 32 bits. */
void *map_at(unsigned long addr, unsigned long bytes, int prot, int flags, int fd, __u64 offset)
{
#ifdef __NR_mmap2
	return (void *)my_syscall6(__NR_mmap2, addr, bytes, prot, flags, fd,
				   (unsigned long)(offset >> 12));
#else
	return sys_mmap((void *)addr, bytes, prot, flags, fd, offset);
#endif
}

/* Opens what @fd refers to once more, for reading only. */
static int reopen_for_reading(int fd)
{
	char path[] = "/proc/self/fd/00";
	char *digit = path + sizeof("/proc/self/fd/") - 1;

	if (fd >= 10)
		*digit++ = '0' + fd / 10;
	*digit++ = '0' + fd % 10;
	*digit = '\0';
	return sys_open(path, O_RDONLY, 0);
}

/* A memfd that no mapping outgrows; read-only when it shall never become writable. */
static int open_memfd(int read_only)
{
	int fd = my_syscall2(__NR_memfd_create, "rfckit", MFD_EXEC);
	int again;
	long ret = fd;

	if (fd >= 0)
		ret = my_syscall2(__NR_ftruncate, fd, FILE_BYTES);
	if (ret < 0)
		fail("cannot make a memfd", ret);
	if (!read_only)
		return fd;
	again = reopen_for_reading(fd);
	sys_close(fd);
	if (again < 0)
		fail("cannot open a memfd for reading", again);
	return again;
}

static int open_secret(void)
{
#ifdef __NR_memfd_secret
	int fd = my_syscall1(__NR_memfd_secret, 0);
#else
	int fd = -ENOSYS;
#endif
	long ret = fd;

	if (fd >= 0)
		ret = my_syscall2(__NR_ftruncate, fd, FILE_BYTES);
	if (ret < 0)
		fail("cannot make secret memory", ret);
	return fd;
}

int open_for_kind(__u64 kind, unsigned long bytes)
{
	int fd;

	switch (kind) {
	case RFCK_KIND_MEMFD_PRIVATE:
	case RFCK_KIND_MEMFD_SHARED:
		return open_memfd(0);
	case RFCK_KIND_MEMFD_RDONLY:
		return open_memfd(1);
	case RFCK_KIND_SECRETMEM:
		return open_secret();
	case RFCK_KIND_DEVMEM:
		if (bytes > control->scratch_bytes)
			fail("a /dev/mem mapping exceeds the scratch range", 0);
		fd = sys_open("/dev/mem", O_RDWR, 0);
		if (fd < 0)
			fail("cannot open /dev/mem", fd);
		return fd;
	default:
		return -1;
	}
}

int flags_of_kind(__u64 kind)
{
	switch (kind) {
	case RFCK_KIND_ANON_PRIVATE:
		return MAP_PRIVATE | MAP_ANONYMOUS;
	case RFCK_KIND_ANON_SHARED:
		return MAP_SHARED | MAP_ANONYMOUS;
	case RFCK_KIND_MEMFD_PRIVATE:
		return MAP_PRIVATE;
	case RFCK_KIND_MEMFD_SHARED:
	case RFCK_KIND_MEMFD_RDONLY:
	case RFCK_KIND_DEVMEM:
	case RFCK_KIND_SECRETMEM:
		return MAP_SHARED;
	case RFCK_KIND_HUGETLB:
		return MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE;
	case RFCK_KIND_GROWSDOWN:
		return MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN;
	default:
		fail("unknown kind of mapping", 0);
	}
}
