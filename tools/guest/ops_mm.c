// SPDX-License-Identifier: GPL-2.0-only
/* Calls on the arena. Pages are numbered from its start; the host may ask for any range. */
#include <linux/prctl.h>
#include <linux/userfaultfd.h>
#include "runner.h"

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
_Static_assert(RFCK_ARG_MREMAP_PAGE == ARG_PAGE && RFCK_ARG_MREMAP_NPAGES == ARG_NPAGES, "mremap");
_Static_assert(RFCK_ARG_MADVISE_PAGE == ARG_PAGE && RFCK_ARG_MADVISE_NPAGES == ARG_NPAGES,
	       "madvise");
_Static_assert(RFCK_ARG_BRK_PAGE == ARG_PAGE && RFCK_ARG_BRK_NPAGES == ARG_NPAGES, "brk");
_Static_assert(RFCK_ARG_MLOCK_NOW_PAGE == ARG_PAGE && RFCK_ARG_MLOCK_NOW_NPAGES == ARG_NPAGES,
	       "mlock-now");
_Static_assert(RFCK_ARG_UFFD_MODE_PAGE == ARG_PAGE && RFCK_ARG_UFFD_MODE_NPAGES == ARG_NPAGES,
	       "uffd-mode");
_Static_assert(RFCK_ARG_TOUCH_PAGE == ARG_PAGE && RFCK_ARG_TOUCH_NPAGES == ARG_NPAGES, "touch");

static unsigned long address_of(__u64 page)
{
	return RFCK_ARENA_BASE + (unsigned long)page * RFCK_PAGE_SIZE;
}

static void *page_at(__u64 page)
{
	return (void *)address_of(page);
}

static unsigned long bytes_of(const struct rfck_record *rec)
{
	return (unsigned long)rec->arg[ARG_NPAGES] * RFCK_PAGE_SIZE;
}

long op_mmap(const struct rfck_record *rec)
{
	unsigned long bytes = bytes_of(rec);
	__u64 kind = rec->arg[RFCK_ARG_MMAP_KIND];
	int flags = flags_of_kind(kind) | MAP_FIXED_NOREPLACE;
	int fd = open_for_kind(kind, bytes);
	__u64 offset = kind == RFCK_KIND_DEVMEM ? shared_phys + control->scratch_off : 0;
	long ret = (long)map_at(address_of(rec->arg[ARG_PAGE]), bytes,
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

static long uffd_register(const struct rfck_record *rec, __u64 mode)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { address_of(rec->arg[ARG_PAGE]), bytes_of(rec) },
		.mode = mode,
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

long op_uffd(const struct rfck_record *rec)
{
	return uffd_register(rec, UFFDIO_REGISTER_MODE_MISSING);
}

long op_uffd_mode(const struct rfck_record *rec)
{
	return uffd_register(rec, rec->arg[RFCK_ARG_UFFD_MODE_MODE]);
}

long op_mremap(const struct rfck_record *rec)
{
	unsigned long bytes = (unsigned long)rec->arg[RFCK_ARG_MREMAP_TO_PAGES] * RFCK_PAGE_SIZE;
	long ret = my_syscall5(__NR_mremap, page_at(rec->arg[ARG_PAGE]), bytes_of(rec), bytes,
			       rec->arg[RFCK_ARG_MREMAP_FLAGS],
			       page_at(rec->arg[RFCK_ARG_MREMAP_TO_PAGE]));

	return ret < 0 && ret >= -4095 ? ret : 0;
}

long op_madvise(const struct rfck_record *rec)
{
	return my_syscall3(__NR_madvise, page_at(rec->arg[ARG_PAGE]), bytes_of(rec),
			   rec->arg[RFCK_ARG_MADVISE_ADVICE]);
}

long op_mlock_now(const struct rfck_record *rec)
{
	return my_syscall2(__NR_mlock, page_at(rec->arg[ARG_PAGE]), bytes_of(rec));
}

/* Below the arena, and behind init's data, before which the kernel has no heap */
#define HEAP_BOTTOM	0x10000000UL

/* The start of the heap must never lie above its end: it goes to the bottom first. */
static void move_heap(unsigned long start)
{
	long ret = my_syscall5(__NR_prctl, PR_SET_MM, PR_SET_MM_BRK, start, 0, 0);

	if (ret < 0) {
		my_syscall5(__NR_prctl, PR_SET_MM, PR_SET_MM_START_BRK, HEAP_BOTTOM, 0,
			    0);
		ret = my_syscall5(__NR_prctl, PR_SET_MM, PR_SET_MM_BRK, start, 0, 0);
	}
	if (ret == 0)
		ret = my_syscall5(__NR_prctl, PR_SET_MM, PR_SET_MM_START_BRK, start, 0, 0);
	if (ret < 0)
		fail("cannot move the heap", ret);
}

/* The kernel says the old break when it refuses a new one. */
long op_brk(const struct rfck_record *rec)
{
	unsigned long start = address_of(rec->arg[ARG_PAGE]);
	unsigned long end = start + bytes_of(rec);

	move_heap(start);
	context.mapped = 1;
	return (unsigned long)my_syscall1(__NR_brk, end) == end ? 0 : -ENOMEM;
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
