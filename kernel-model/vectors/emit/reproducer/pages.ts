/** C of a reproducer: what pages hold, where they are, and what keeps them there. */
export const REPRODUCER_PAGES = String.raw`#define MPOL_DEFAULT 0
#define MPOL_BIND 2
#define WORDS (PAGE / 8)
#define PATTERN_MARK 0x52464b50ULL
/* mm/gup_test.h */
struct pin_longterm_test {
	uint64_t addr, size;
	uint32_t flags;
};
#define PIN_LONGTERM_TEST_START _IOW('g', 7, struct pin_longterm_test)
#define PIN_LONGTERM_TEST_STOP _IO('g', 8)

static int pins = -1;

static long bind_to(int nid)
{
	unsigned long mask = nid < 0 ? 0 : 1UL << nid;

	return syscall(SYS_set_mempolicy, nid < 0 ? MPOL_DEFAULT : MPOL_BIND,
		       nid < 0 ? NULL : &mask, 8 * sizeof(mask));
}

static uint64_t pattern_word(uint32_t tag, int i)
{
	return (PATTERN_MARK << 32 | tag) * (2 * i + 1) ^ (uint64_t)i << 48;
}

/* The kernel writes the first byte, so that what cannot be written is an errno */
CALL long do_write(long page, long npages, int seed, int nid)
{
	int i, zero = open("/dev/zero", O_RDONLY);
	long ret = bind_to(nid);

	for (; ret >= 0 && npages > 0; npages--, page++) {
		volatile uint64_t *words = at(page);

		ret = read(zero, at(page), 1);
		for (i = 0; ret >= 0 && i < WORDS; i++)
			words[i] = pattern_word(seed << 16 | (page + 1), i);
	}
	bind_to(-1);
	close(zero);
	return ret < 0 ? ret : 0;
}

static const char *what_is(const uint64_t *words)
{
	static char text[32];
	uint32_t tag = words[0];
	int i;

	if (words[0] && words[0] >> 32 != PATTERN_MARK)
		return "damaged";
	for (i = 1; i < WORDS; i++)
		if (words[i] != (words[0] ? pattern_word(tag, i) : 0))
			return "damaged";
	snprintf(text, sizeof(text), "0x%x", tag);
	return text;
}

/* Prints the tag of each page's pattern */
CALL long do_read(long page, long npages, int nid)
{
	int sink[2];
	long ret = bind_to(nid);

	if (pipe(sink))
		return -1;
	for (; ret >= 0 && npages > 0; npages--, page++) {
		char byte;
		int fits = write(sink[1], at(page), 1) == 1 && read(sink[0], &byte, 1) == 1;

		printf("\tpage %ld: %s\n", page, fits ? what_is(at(page)) : "unreadable");
	}
	close(sink[0]);
	close(sink[1]);
	bind_to(-1);
	return ret;
}

/* Prints the node of each page, or minus an errno */
CALL long do_where(long page, long npages)
{
	static void *pages[ARENA_PAGES];
	static int status[ARENA_PAGES];
	long i, ret;

	for (i = 0; i < npages; i++)
		pages[i] = at(page + i);
	ret = syscall(SYS_move_pages, 0, npages, pages, NULL, status, 0);
	for (i = 0; ret == 0 && i < npages; i++)
		printf("\tpage %ld: %d\n", page + i, status[i]);
	return ret;
}

CALL long do_pin(long page, long npages)
{
	struct pin_longterm_test test = { (uintptr_t)at(page), npages * PAGE, 1 };

	if (pins < 0)
		pins = open("/sys/kernel/debug/gup_test", O_RDWR);
	return ioctl(pins, PIN_LONGTERM_TEST_START, &test);
}

CALL long do_unpin(void)
{
	return pins < 0 ? 0 : ioctl(pins, PIN_LONGTERM_TEST_STOP);
}
`;
