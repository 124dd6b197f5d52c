// SPDX-License-Identifier: GPL-2.0-only
/*
 * nolibc copies with "rep movsb", which an emulated CPU carries out byte by byte: for a
 * call's argument that takes longer than the call.
 */
#include "runner.h"

void copy(void *to, const void *from, unsigned long bytes)
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
