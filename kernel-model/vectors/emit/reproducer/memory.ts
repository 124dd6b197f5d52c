/** C of a reproducer: the calls on the address space. */
export const REPRODUCER_MEMORY = `#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif
#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
/* A mapping can be enlarged by mremap(), time and again */
#define FILE_BYTES (16 * ARENA_PAGES * PAGE)

static int open_memfd(void)
{
	int file = memfd_create("reproducer", MFD_EXEC);

	/* A kernel before 6.3 does not know the flag, and needs none */
	if (file < 0)
		file = memfd_create("reproducer", 0);
	if (file < 0 || ftruncate(file, FILE_BYTES))
		complain("memfd_create");
	return file;
}

static int reopen_for_reading(int file)
{
	char path[64];
	int again;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	again = open(path, O_RDONLY);
	close(file);
	return again;
}

static int open_for_kind(enum kind kind)
{
	int file;

	switch (kind) {
	case KIND_MEMFD_PRIVATE:
	case KIND_MEMFD_SHARED:
		return open_memfd();
	case KIND_MEMFD_RDONLY:
		return reopen_for_reading(open_memfd());
	case KIND_DEVMEM:
		return open("/dev/mem", O_RDWR);
	case KIND_SECRETMEM:
		file = syscall(SYS_memfd_secret, 0);
		if (file < 0 || ftruncate(file, FILE_BYTES))
			complain("memfd_secret");
		return file;
	case KIND_ANON_PRIVATE:
	case KIND_ANON_SHARED:
	case KIND_HUGETLB:
	case KIND_GROWSDOWN:
		break;
	}
	return -1;
}

CALL long do_mmap(enum kind kind, long page, long npages, int prot)
{
	int file = open_for_kind(kind);
	int flags = flags_of_kind[kind] | MAP_FIXED_NOREPLACE;
	void *got = mmap(at(page), npages * PAGE, prot, flags, file, 0);
	int error = errno;

	if (file >= 0)
		close(file);
	errno = error;
	return got == MAP_FAILED ? -1 : 0;
}

CALL long do_mremap(long page, long npages, long to_page, long to_pages, int flags)
{
	long ret = syscall(SYS_mremap, at(page), npages * PAGE, to_pages * PAGE, flags,
			   at(to_page));

	return ret == -1 ? -1 : 0;
}

/* The start of the heap must never lie above its end: it goes to the bottom first */
static long move_heap(unsigned long start)
{
	static const unsigned long bottom = 0x10000000;
	int ret = prctl(PR_SET_MM, PR_SET_MM_BRK, start, 0, 0);

	if (ret) {
		prctl(PR_SET_MM, PR_SET_MM_START_BRK, bottom, 0, 0);
		ret = prctl(PR_SET_MM, PR_SET_MM_BRK, start, 0, 0);
	}
	return ret ? ret : prctl(PR_SET_MM, PR_SET_MM_START_BRK, start, 0, 0);
}

/* The kernel says the old break when it refuses a new one */
CALL long do_brk(long page, long npages)
{
	unsigned long end = (unsigned long)at(page + npages);

	if (move_heap((unsigned long)at(page))) {
		complain("cannot move the heap");
		return -1;
	}
	if ((unsigned long)syscall(SYS_brk, end) == end)
		return 0;
	errno = ENOMEM;
	return -1;
}

/* Each call takes a new key, which the next vector can have again */
CALL long do_pkey(long page, long npages, int prot, unsigned int rights)
{
	int key = syscall(SYS_pkey_alloc, 0, rights);

	if (key < 0)
		return -1;
	pkeys[nr_pkeys++] = key;
	return syscall(SYS_pkey_mprotect, at(page), npages * PAGE, prot, key);
}

/* Lets the kernel write the byte: what cannot be written is an errno and not a signal */
CALL long do_touch(long page, long npages)
{
	int zero = open("/dev/zero", O_RDONLY);
	long i, ret = zero;
	int error;

	for (i = 0; ret >= 0 && i < npages; i++)
		ret = read(zero, at(page + i), 1);
	error = errno;
	if (zero >= 0)
		close(zero);
	errno = error;
	return ret < 0 ? -1 : 0;
}

CALL long do_uffd(long page, long npages, unsigned long mode)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (unsigned long)at(page), npages * PAGE },
		.mode = mode,
	};

	if (uffd < 0) {
		uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
		if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
			complain("userfaultfd");
	}
	return ioctl(uffd, UFFDIO_REGISTER, &reg);
}
`;
