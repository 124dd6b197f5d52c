/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The runner is the init of the lab guest: it executes the vectors that the host
 * put into a reserved range of RAM and writes what each call returned beside them.
 *
 * It is built with the kernel's own nolibc, so it needs no C library for any
 * architecture that the kernel's tools know, and is some 40 KB.
 */
#ifndef RFCK_RUNNER_H
#define RFCK_RUNNER_H

#include "wire.h"
#include "control.h"

/*
 * All that init maps beside the vectors' arena lies behind it and its guards, so a look
 * at the arena's mappings does not meet it. 32-bit kernels give a program 3 GiB.
 */
#define BUFFER_BASE		0x50000000UL
#define BUFFER_BYTES		(RFCK_PAGE_SIZE > 4096 ? 4UL * RFCK_PAGE_SIZE : 64 * 1024UL)
/* Each task that makes calls has its own */
#define BUFFER_STRIDE		0x100000UL
#define MAX_TASKS		4
#define RACE_BASE		0x58000000UL
#define HPET_BASE		0x59000000UL
#define HOARD_BASE		0x5a000000UL
#define SHARED_BASE		0x60000000UL

#define ARENA_BYTES		(RFCK_ARENA_PAGES * RFCK_PAGE_SIZE)
#define GUARD_BYTES		(RFCK_GUARD_PAGES * RFCK_PAGE_SIZE)

/* shared.c */
extern volatile struct rfck_control *control;
extern __u64 shared_phys;
void shared_map(int first);
void *shared_at(__u64 offset);
void shared_keep_code(void);
void *extras_at(__u64 offset);

/*
 * What is mapped of a part of the range. Each fork() copies the page table entries of
 * memory that is none, each exec() makes them anew, and each look at smaps reads them
 * all: with all of the range mapped they took more time than the calls.
 */
struct window {
	__u64 start, end;
};

extern struct window image_window, results_window;
void shared_move(struct window *window, __u64 start, __u64 bytes, __u64 limit);

/* facts.c */
void fact(const char *name, const char *value);
void fact_number(const char *name, unsigned long value);
void fact_file(const char *name, const char *path);
void facts_of_kernel(void);
void facts_of_nodes(void);
void facts_of_runner(void);
void facts_at_end(void);
void taint_init(void);
void taint_check(__u32 vector);

#define DEVICE		"/dev/hbfctl"

/* caller.c */
#define USER		4242

void caller_init(int is_executed);
void set_euid(__u64 uid);

/* As a user, or as one under seccomp */
static inline int calls_as_user(void)
{
	return control->caller == RFCK_CALLER_USER || control->caller == RFCK_CALLER_SECCOMP;
}

/* supervise.c */
void supervise(__u32 uid);

/* setup.c */
void enter_outer_cpuset(const char *mems);
void setup_mounts(void);
void setup_cgroup(void);
void setup_huge_pages(void);
void setup_cpuset(void);
void write_text(const char *path, const char *text);
long cpuset_allow(__u64 mask);
void cpuset_restore(void);

/* exec.c */
/* No result: what a call that the parent of an ended child has made itself returns */
#define CHILD_ENDED		(-100000L)

void run_vectors(void);
void run_record(const struct rfck_record *rec, struct rfck_result head);
void write_result(struct rfck_result head);
void write_footer(__u32 nr_vectors);

/* sweep.c */
void sweep_faults(void);

/* process.c */
const struct rfck_record *peek_record(void);
const struct rfck_record *take_record(void);
void resume_child(void);
void wait_for_process(long pid);
long op_fork(const struct rfck_record *rec);
long op_exec(const struct rfck_record *rec);

long execute(const struct rfck_record *rec, void *out, __u32 *out_len);

/* tasks.c */
unsigned int run_together(const struct rfck_record *first, unsigned int nr, __u64 seed);
__u64 task_result(unsigned int index, struct rfck_result *head, const void **out);

/* turns.c */
void set_turns(__u32 ticks);

/* expect.c */
void expect_machine(void);

/* faults.c */
void faults_init(void);
extern __u32 fault_wanted;
void fault_next(__u32 nth);
void fault_set(void);
void fault_take_back(void);
int fault_hit(void);

/* extras.c */
void extra_file(const char *name, const char *path);
void extras_at_end(void);

/* port.c */
int port_init(const char *cmdline);
void port_fill(void);
void port_flush(int all);

/* steps.c */
void setup_steps(void);

/* park.c */
void park(void);
void sleep_ms(unsigned long ms);

/* context.c */
/* Descriptors of the slots across exec(), which then needs no list */
#define SLOT_FD			100
#define PKEYS			16

struct context {
	int slot[RFCK_SLOTS];
	int uffd;
	int mapped;
	int pkey[PKEYS];
	int nr_pkeys;
};

extern struct context context;
void context_init(void);
void context_fork(void);
void context_resume(void);
void context_reset(void);
void context_hand_over(void);

/* ops_mm.c */
long op_mmap(const struct rfck_record *rec);
long op_munmap(const struct rfck_record *rec);
long op_mprotect(const struct rfck_record *rec);
long op_mlock(const struct rfck_record *rec);
long op_munlock(const struct rfck_record *rec);
long op_uffd(const struct rfck_record *rec);
long op_touch(const struct rfck_record *rec);
long op_mremap(const struct rfck_record *rec);
long op_madvise(const struct rfck_record *rec);
long op_brk(const struct rfck_record *rec);
long op_mlock_now(const struct rfck_record *rec);
long op_uffd_mode(const struct rfck_record *rec);

/* mapping.c */
void *map_at(unsigned long addr, unsigned long bytes, int prot, int flags, int fd, __u64 offset);
int open_for_kind(__u64 kind, unsigned long bytes);
int flags_of_kind(__u64 kind);

/* ops_pages.c */
void pattern_put(__u64 *words, __u32 tag);
__u32 pattern_tag(const __u64 *words);
long op_write(const struct rfck_record *rec);
long op_read(const struct rfck_record *rec, __u32 *out, __u32 *out_len);
long op_where(const struct rfck_record *rec, int *out, __u32 *out_len);

/* ops_hold.c */
long op_pin(const struct rfck_record *rec);
long op_unpin(void);
long op_swap_out(const struct rfck_record *rec);
long op_fill(const struct rfck_record *rec);
void holds_end(void);

/* ops_pkey.c */
long op_pkey(const struct rfck_record *rec);
void pkeys_free(void);

/* ops_ask.c */
long op_trace(char *out, __u32 *out_len);
long op_totals(__u64 *out, __u32 *out_len);
void answer_put(char *out, __u32 *out_len, __u32 room, const char *from, unsigned long len);
void trace_stop(void);

/* ops_maps.c */
long op_maps(char *out, __u32 *out_len);
unsigned long region_base(__u64 region);

/* ops_file.c */
long op_open(const struct rfck_record *rec);
long op_close(const struct rfck_record *rec);
long op_fileop(const struct rfck_record *rec);
long op_open_other(const struct rfck_record *rec);

/* ops_ioctl.c */
void ioctl_init(void);
void ioctl_init_tasks(void);
long op_ioctl(const struct rfck_record *rec, void *out, __u32 *out_len);

/* text.c */
char *text_find(const char *text, const char *part);
void text_append(char *text, const char *more);
__u64 text_number(const char **text, unsigned int base);
char *text_of_number(char *end, unsigned long value);

/* state.c */
__u32 state_digest(void);

/* crc32.c */
__u32 crc32(__u32 crc, const void *bytes, unsigned long len);

/* main.c */
void fail(const char *why, long ret) __attribute__((noreturn));
void leave(void) __attribute__((noreturn));

#endif /* RFCK_RUNNER_H */
