// SPDX-License-Identifier: GPL-2.0-only
/* Calls on the arena. Pages are numbered from its start; the host may ask for any range. */
#include <linux/memfd.h>
#include <linux/userfaultfd.h>
#include "runner.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif
#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/* Every call on the arena has its range in the same place */
#define ARG_PAGE	RFCK_ARG_MMAP_PAGE
#define ARG_NPAGES	RFCK_ARG_MMAP_NPAGES

_Static_assert(RFCK_ARG_MUNMAP_PAGE == ARG_PAGE && RFCK_ARG_MUNMAP_NPAGES == ARG_NPAGES, "munmap");
_Static_assert(RFCK_ARG_MPROTECT_PAGE == ARG_PAGE && RFCK_ARG_MPROTECT_NPAGES == ARG_NPAGES,
	       "mprotect");
_Static_assert(RFCK_ARG_MLOCK_PAGE == ARG_PAGE && RFCK_ARG_MLOCK_NPAGES == ARG_NPAGES, "mlock");
_Static_assert(RFCK_ARG_MUNLOCK_PAGE == ARG_PAGE && RFCK_ARG_MUNLOCK_NPAGES == ARG_NPAGES,
	       "munlock");
_Static_assert(RFCK_ARG_UFFD_PAGE == ARG_PAGE && RFCK_ARG_UFFD_NPAGES == ARG_NPAGES, "uffd");
_Static_assert(RFCK_ARG_TOUCH_PAGE == ARG_PAGE && RFCK_ARG_TOUCH_NPAGES == ARG_NPAGES, "touch");

static void *page_at(__u64 page)
{
	return (void *)(RFCK_ARENA_BASE + page * RFCK_PAGE_SIZE);
}

static unsigned long bytes_of(const struct rfck_record *rec)
{
	return rec->arg[ARG_NPAGES] * RFCK_PAGE_SIZE;
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

/* A memfd of the mapping's size; read-only when the mapping shall never become writable. */
static int open_memfd(unsigned long bytes, int read_only)
{
	int fd = my_syscall2(__NR_memfd_create, "rfckit", MFD_EXEC);
	int again;
	long ret = fd;

	if (fd >= 0)
		ret = my_syscall2(__NR_ftruncate, fd, bytes);
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

static int open_for_kind(__u64 kind, unsigned long bytes)
{
	int fd;

	switch (kind) {
	case RFCK_KIND_MEMFD_PRIVATE:
	case RFCK_KIND_MEMFD_SHARED:
		return open_memfd(bytes, 0);
	case RFCK_KIND_MEMFD_RDONLY:
		return open_memfd(bytes, 1);
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

static int flags_of_kind(__u64 kind)
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
		return MAP_SHARED;
	case RFCK_KIND_HUGETLB:
		return MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE;
	case RFCK_KIND_GROWSDOWN:
		return MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN;
	default:
		fail("unknown kind of mapping", 0);
	}
}

long op_mmap(const struct rfck_record *rec)
{
	unsigned long bytes = bytes_of(rec);
	__u64 kind = rec->arg[RFCK_ARG_MMAP_KIND];
	int flags = flags_of_kind(kind) | MAP_FIXED_NOREPLACE;
	int fd = open_for_kind(kind, bytes);
	__u64 offset = kind == RFCK_KIND_DEVMEM ? shared_phys + control->scratch_off : 0;
	long ret = (long)sys_mmap(page_at(rec->arg[ARG_PAGE]), bytes,
				  rec->arg[RFCK_ARG_MMAP_PROT], flags, fd, offset);

	if (fd >= 0)
		sys_close(fd);
	context.mapped = 1;
	return ret < 0 && ret >= -4095 ? ret : 0;
}

long op_munmap(const struct rfck_record *rec)
{
	return sys_munmap(page_at(rec->arg[ARG_PAGE]), bytes_of(rec));
}

long op_mprotect(const struct rfck_record *rec)
{
	return my_syscall3(__NR_mprotect, page_at(rec->arg[ARG_PAGE]), bytes_of(rec),
			   rec->arg[RFCK_ARG_MPROTECT_PROT]);
}

long op_mlock(const struct rfck_record *rec)
{
	return my_syscall3(__NR_mlock2, page_at(rec->arg[ARG_PAGE]), bytes_of(rec), MLOCK_ONFAULT);
}

long op_munlock(const struct rfck_record *rec)
{
	return my_syscall2(__NR_munlock, page_at(rec->arg[ARG_PAGE]), bytes_of(rec));
}

long op_uffd(const struct rfck_record *rec)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (__u64)(unsigned long)page_at(rec->arg[ARG_PAGE]), bytes_of(rec) },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	long ret;

	if (context.uffd < 0) {
		context.uffd = my_syscall1(__NR_userfaultfd, O_CLOEXEC);
		if (context.uffd < 0)
			fail("no userfaultfd", context.uffd);
		ret = my_syscall3(__NR_ioctl, context.uffd, UFFDIO_API, &api);
		if (ret < 0)
			fail("no UFFDIO_API", ret);
	}
	return my_syscall3(__NR_ioctl, context.uffd, UFFDIO_REGISTER, &reg);
}

/* Lets the kernel write the byte: what cannot be written is an errno and not a signal. */
long op_touch(const struct rfck_record *rec)
{
	int zero = sys_open("/dev/zero", O_RDONLY, 0);
	long ret = zero;
	__u64 i;

	for (i = 0; ret >= 0 && i < rec->arg[ARG_NPAGES]; i++)
		ret = sys_read(zero, page_at(rec->arg[ARG_PAGE] + i), 1);
	if (zero >= 0)
		sys_close(zero);
	return ret < 0 ? ret : 0;
}
