/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is done for each call, or several times: a return is among the slowest instructions
 * of an emulated CPU, and the runner must cost less than the calls that it makes.
 */
#ifndef RFCK_INLINE_H
#define RFCK_INLINE_H

#include "runner.h"

static inline __u64 aligned(__u64 value)
{
	return (value + RFCK_ALIGNMENT - 1) & ~(__u64)(RFCK_ALIGNMENT - 1);
}

static inline const struct rfck_record *next_record(const struct rfck_record *rec)
{
	return (const void *)((const char *)(rec + 1) + aligned(rec->payload_len));
}

static inline struct rfck_result head_of(const struct rfck_record *rec, __u32 vector)
{
	struct rfck_result head = { .vector = vector, .step = rec->step, .op = rec->op };

	return head;
}

static inline void *shared_in(struct window *window, __u64 start, __u64 bytes, __u64 limit)
{
	if (start < window->start || start + bytes > window->end)
		shared_move(window, start, bytes, limit);
	return (void *)(unsigned long)(SHARED_BASE + start);
}

/* The calls of a vector, or those that are made at once, are not longer */
#define REACH_BYTES	(64 * 1024UL)

/* A part of the image, and what follows it. */
static inline const void *image_at(__u64 offset)
{
	__u64 left = control->image_bytes - offset;

	return shared_in(&image_window, control->image_off + offset,
			 left < REACH_BYTES ? left : REACH_BYTES,
			 control->image_off + control->image_bytes);
}

/* Where results from @offset on are written; the caller has looked whether there is room. */
static inline void *results_at(__u64 offset, __u64 bytes)
{
	return shared_in(&results_window, control->results_off + offset, bytes,
			 control->results_off + control->results_cap);
}

/* nolibc copies with "rep movsb", which an emulated CPU carries out byte by byte */
static inline void copy(void *to, const void *from, unsigned long bytes)
{
	__u8 *dst = to;
	const __u8 *src = from;

	for (; bytes >= 8; bytes -= 8, dst += 8, src += 8) {
		__u64 word;

		__builtin_memcpy(&word, src, 8);
		__builtin_memcpy(dst, &word, 8);
	}
	/* Volatile, or the compiler makes one memcpy() of it again */
	while (bytes--)
		*(volatile __u8 *)dst++ = *src++;
}

static inline __u32 mix_sum(__u32 sum, __u32 word)
{
	sum ^= word;
	return (sum << 15 | sum >> 17) * 0x01000193U;
}

/*
 * Says whether a result is whole. A CRC of its bytes would take a third of the call's time.
 * @sum continues an earlier one, whose bytes were whole words.
 */
static inline __u32 checksum(__u32 sum, const void *bytes, unsigned long len)
{
	const __u8 *p = bytes;

	for (; len >= 4; len -= 4, p += 4)
		sum = mix_sum(sum, p[0] | (__u32)p[1] << 8 | (__u32)p[2] << 16 |
				   (__u32)p[3] << 24);
	for (; len; len--, p++)
		sum = mix_sum(sum, *p);
	return sum;
}

/* For the time of one call. @uid: another user that the vector asks for, or 0. */
static inline void caller_enter(__u64 uid)
{
	if (uid || calls_as_user())
		set_euid(uid ? uid : USER);
}

static inline void caller_leave(__u64 uid)
{
	if (uid || calls_as_user())
		set_euid(0);
}

static inline void fault_arm(void)
{
	if (fault_wanted)
		fault_set();
}

static inline void fault_disarm(void)
{
	if (fault_wanted)
		fault_take_back();
}

#endif /* RFCK_INLINE_H */
