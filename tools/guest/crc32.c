// SPDX-License-Identifier: GPL-2.0-only
/* CRC-32 of IEEE 802.3, reflected, as in zlib. */
#include "runner.h"

/* table[n]: of a byte with n zero bytes behind it, so that four bytes need one round. */
static __u32 table[4][256];

static void fill_table(void)
{
	__u32 i, n, bit, value;

	for (i = 0; i < 256; i++) {
		value = i;
		for (bit = 0; bit < 8; bit++)
			value = (value >> 1) ^ (value & 1 ? 0xedb88320U : 0);
		table[0][i] = value;
	}
	for (i = 0; i < 256; i++)
		for (n = 1; n < 4; n++)
			table[n][i] = (table[n - 1][i] >> 8) ^ table[0][table[n - 1][i] & 0xff];
}

__u32 crc32(__u32 crc, const void *bytes, unsigned long len)
{
	const __u8 *p = bytes;

	if (!table[0][1])
		fill_table();
	crc = ~crc;
	for (; len >= 4; len -= 4, p += 4) {
		crc ^= p[0] | (__u32)p[1] << 8 | (__u32)p[2] << 16 | (__u32)p[3] << 24;
		crc = table[3][crc & 0xff] ^ table[2][(crc >> 8) & 0xff] ^
		      table[1][(crc >> 16) & 0xff] ^ table[0][crc >> 24];
	}
	while (len--)
		crc = (crc >> 8) ^ table[0][(crc ^ *p++) & 0xff];
	return ~crc;
}
