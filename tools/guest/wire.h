/* SPDX-License-Identifier: GPL-2.0-only */
/* Generated from kernel-model/vectors/wire by `rfckit vectors --emit c-header`: don't edit. */
#ifndef RFCKIT_WIRE_H
#define RFCKIT_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define WIRE_IMAGE_MAGIC "RFCKVEC1"
#define WIRE_IMAGE_VERSION 1u
#define WIRE_ALIGNMENT 8u
#define WIRE_FOOTER_MARK 0xffffu
#define WIRE_FOOTER_DIGEST 0x52464b464f4f5445ull

/* Call numbers. */
#define WIRE_OP_OPEN 1u
#define WIRE_OP_CLOSE 2u
#define WIRE_OP_MMAP 3u
#define WIRE_OP_MUNMAP 4u
#define WIRE_OP_MPROTECT 5u
#define WIRE_OP_MLOCK 6u
#define WIRE_OP_MUNLOCK 7u
#define WIRE_OP_UFFD 8u
#define WIRE_OP_CPUSET 9u
#define WIRE_OP_TOUCH 10u
#define WIRE_OP_IOCTL 11u
#define WIRE_OP_FILEOP 12u

/* Index of each argument in arg[]. */
#define WIRE_ARG_OPEN_SLOT 0u
#define WIRE_ARG_OPEN_FLAGS 1u
#define WIRE_ARG_OPEN_UID 2u
#define WIRE_ARG_CLOSE_SLOT 0u
#define WIRE_ARG_MMAP_PAGE 0u
#define WIRE_ARG_MMAP_NPAGES 1u
#define WIRE_ARG_MMAP_KIND 2u
#define WIRE_ARG_MMAP_PROT 3u
#define WIRE_ARG_MUNMAP_PAGE 0u
#define WIRE_ARG_MUNMAP_NPAGES 1u
#define WIRE_ARG_MPROTECT_PAGE 0u
#define WIRE_ARG_MPROTECT_NPAGES 1u
#define WIRE_ARG_MPROTECT_PROT 2u
#define WIRE_ARG_MLOCK_PAGE 0u
#define WIRE_ARG_MLOCK_NPAGES 1u
#define WIRE_ARG_MUNLOCK_PAGE 0u
#define WIRE_ARG_MUNLOCK_NPAGES 1u
#define WIRE_ARG_UFFD_PAGE 0u
#define WIRE_ARG_UFFD_NPAGES 1u
#define WIRE_ARG_CPUSET_MASK 0u
#define WIRE_ARG_TOUCH_PAGE 0u
#define WIRE_ARG_TOUCH_NPAGES 1u
#define WIRE_ARG_IOCTL_SLOT 0u
#define WIRE_ARG_IOCTL_CMD 1u
#define WIRE_ARG_IOCTL_ACCESSIBLE 2u
#define WIRE_ARG_IOCTL_FLAGS 3u
#define WIRE_ARG_IOCTL_POINTER 4u
#define WIRE_ARG_FILEOP_SLOT 0u
#define WIRE_ARG_FILEOP_WHICH 1u
#define WIRE_ARG_FILEOP_TARGET 2u

/* Access modes of OPEN. */
#define WIRE_OPEN_RDONLY 0u
#define WIRE_OPEN_WRONLY 1u
#define WIRE_OPEN_RDWR 2u

/* Kinds of MMAP. */
#define WIRE_MMAP_ANON_PRIVATE 0u
#define WIRE_MMAP_ANON_SHARED 1u
#define WIRE_MMAP_MEMFD_PRIVATE 2u
#define WIRE_MMAP_MEMFD_SHARED 3u
#define WIRE_MMAP_DEVMEM 4u
#define WIRE_MMAP_HUGETLB 5u
#define WIRE_MMAP_GROWSDOWN 6u
#define WIRE_MMAP_MEMFD_READ_ONLY 7u

/* Protections of MMAP and MPROTECT. */
#define WIRE_PROT_NONE 0u
#define WIRE_PROT_READ 1u
#define WIRE_PROT_WRITE 2u
#define WIRE_PROT_EXEC 4u

/* What FILEOP does. */
#define WIRE_FILE_LSEEK 0u
#define WIRE_FILE_READ 1u
#define WIRE_FILE_WRITE 2u
#define WIRE_FILE_MMAP 3u
#define WIRE_FILE_EPOLL_ADD 4u
#define WIRE_FILE_DUP 5u

/* IOCTL: its flags, and `accessible` of an argument that is readable whole. */
#define WIRE_IOCTL_READ_ONLY 1u
#define WIRE_IOCTL_RAW_POINTER 2u
#define WIRE_ALL_ACCESSIBLE 0xffffffffu

/* The arena, and what is around it. */
#define WIRE_ARENA_START 0x40000000ul
#define WIRE_ARENA_PAGES 512ul
#define WIRE_ARENA_GUARD_PAGES 512ul
#define WIRE_PAGE_SIZE 4096ul
#define WIRE_SLOTS 8u

struct wire_image {
	uint8_t magic[8];
	uint32_t version;
	uint32_t nr_vectors;
	uint32_t nr_records;
	uint32_t body_bytes;
	uint64_t seed;
	uint32_t page_size;
	uint32_t body_crc;
	uint8_t zero[24];
};
_Static_assert(sizeof(struct wire_image) == 64, "wire_image");
_Static_assert(offsetof(struct wire_image, magic) == 0, "wire_image.magic");
_Static_assert(offsetof(struct wire_image, version) == 8, "wire_image.version");
_Static_assert(offsetof(struct wire_image, nr_vectors) == 12, "wire_image.nr_vectors");
_Static_assert(offsetof(struct wire_image, nr_records) == 16, "wire_image.nr_records");
_Static_assert(offsetof(struct wire_image, body_bytes) == 20, "wire_image.body_bytes");
_Static_assert(offsetof(struct wire_image, seed) == 24, "wire_image.seed");
_Static_assert(offsetof(struct wire_image, page_size) == 32, "wire_image.page_size");
_Static_assert(offsetof(struct wire_image, body_crc) == 36, "wire_image.body_crc");
_Static_assert(offsetof(struct wire_image, zero) == 40, "wire_image.zero");

struct wire_record {
	uint32_t vector;
	uint16_t step;
	uint16_t op;
	uint32_t payload_len;
	uint32_t zero;
	uint64_t arg[6];
};
_Static_assert(sizeof(struct wire_record) == 64, "wire_record");
_Static_assert(offsetof(struct wire_record, vector) == 0, "wire_record.vector");
_Static_assert(offsetof(struct wire_record, step) == 4, "wire_record.step");
_Static_assert(offsetof(struct wire_record, op) == 6, "wire_record.op");
_Static_assert(offsetof(struct wire_record, payload_len) == 8, "wire_record.payload_len");
_Static_assert(offsetof(struct wire_record, zero) == 12, "wire_record.zero");
_Static_assert(offsetof(struct wire_record, arg) == 16, "wire_record.arg");

struct wire_result {
	uint32_t vector;
	uint16_t step;
	uint16_t op;
	int64_t ret;
	uint32_t out_len;
	uint32_t crc;
	uint64_t digest;
};
_Static_assert(sizeof(struct wire_result) == 32, "wire_result");
_Static_assert(offsetof(struct wire_result, vector) == 0, "wire_result.vector");
_Static_assert(offsetof(struct wire_result, step) == 4, "wire_result.step");
_Static_assert(offsetof(struct wire_result, op) == 6, "wire_result.op");
_Static_assert(offsetof(struct wire_result, ret) == 8, "wire_result.ret");
_Static_assert(offsetof(struct wire_result, out_len) == 16, "wire_result.out_len");
_Static_assert(offsetof(struct wire_result, crc) == 20, "wire_result.crc");
_Static_assert(offsetof(struct wire_result, digest) == 24, "wire_result.digest");

#endif /* RFCKIT_WIRE_H */
