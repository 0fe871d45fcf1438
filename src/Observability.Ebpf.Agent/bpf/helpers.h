/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The kernel's helper functions, by their stable numbers, and how maps and programs are declared. */
#pragma once

#define SECTION(name) __attribute__((section(name), used))
#define INLINE static __attribute__((always_inline))

/* A map's attributes are read from the types of its declaration, as every loader does. */
#define MAP_UINT(name, value) int (*name)[value]
#define MAP_TYPE(name, type) type *name

enum { MAP_HASH = 1, MAP_ARRAY = 2, MAP_LRU_HASH = 9, MAP_HASH_OF_MAPS = 13, MAP_SOCKET_STORAGE = 24, MAP_RING = 27, MAP_TASK_STORAGE = 29 };
enum { NO_PREALLOCATION = 1, MAPPABLE = 1024, CREATE = 1 };

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static u64 (*monotonic_time)(void) = (void *)5;
static u64 (*socket_cookie)(void *socket) = (void *)46;
static void *(*socket_storage)(void *map, void *socket, void *value, u64 flags) = (void *)107;
static long (*read_kernel)(void *to, u32 size, const void *from) = (void *)113;
static long (*ring_output)(void *ring, void *data, u64 size, u64 flags) = (void *)130;
static void *(*task_storage)(void *map, struct task_struct *task, void *value, u64 flags) = (void *)156;
static struct task_struct *(*current_task)(void) = (void *)158;

/* Reads one field through a pointer that the verifier does not vouch for. */
#define READ(from, field) ({ typeof((from)->field) value_; read_kernel(&value_, sizeof(value_), __builtin_preserve_access_index(&(from)->field)); value_; })

#define SWAP16(value) __builtin_bswap16(value)
