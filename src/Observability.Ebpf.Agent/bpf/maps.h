/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
#pragma once

/* From a socket to its slot: written by the application, one call a connection. A process can only write to sockets that it holds itself. */
struct {
	MAP_UINT(type, MAP_SOCKET_STORAGE);
	MAP_UINT(map_flags, NO_PREALLOCATION);
	MAP_TYPE(key, int);
	MAP_TYPE(value, struct socket_slot);
} socket_slots SECTION(".maps");

/* The slots, one array a tenant. The tenant is the socket's network namespace, which no process can pretend. The agent gives the inner maps. */
struct {
	MAP_UINT(type, MAP_HASH_OF_MAPS);
	MAP_UINT(max_entries, 1024);
	MAP_UINT(key_size, 4);
	MAP_UINT(value_size, 4);
} tenant_slots SECTION(".maps");

struct {
	MAP_UINT(type, MAP_HASH_OF_MAPS);
	MAP_UINT(max_entries, 1024);
	MAP_UINT(key_size, 4);
	MAP_UINT(value_size, 4);
} tenant_events SECTION(".maps");

/* From a thread to its slot, one map a tenant, by its process id namespace. */
struct {
	MAP_UINT(type, MAP_HASH_OF_MAPS);
	MAP_UINT(max_entries, 1024);
	MAP_UINT(key_size, 4);
	MAP_UINT(value_size, 4);
} tenant_threads SECTION(".maps");

/* The network namespace, which names the tenant, of a process id namespace. */
struct {
	MAP_UINT(type, MAP_HASH);
	MAP_UINT(max_entries, 1024);
	MAP_TYPE(key, u32);
	MAP_TYPE(value, u32);
} process_tenants SECTION(".maps");

/* Only the programs below know the following. */
struct connection { u64 connect_time; u32 round_trip; u32 reserved; };
struct {
	MAP_UINT(type, MAP_SOCKET_STORAGE);
	MAP_UINT(map_flags, NO_PREALLOCATION);
	MAP_TYPE(key, int);
	MAP_TYPE(value, struct connection);
} connections SECTION(".maps");

struct {
	MAP_UINT(type, MAP_SOCKET_STORAGE);
	MAP_UINT(map_flags, NO_PREALLOCATION);
	MAP_TYPE(key, int);
	MAP_TYPE(value, struct thread_context);
} stamps SECTION(".maps");

/* A dropped packet's socket may not be asked for its storage: its cookie leads to the slot. */
struct {
	MAP_UINT(type, MAP_LRU_HASH);
	MAP_UINT(max_entries, 16384);
	MAP_TYPE(key, u64);
	MAP_TYPE(value, struct socket_slot);
} cookie_slots SECTION(".maps");

struct {
	MAP_UINT(type, MAP_TASK_STORAGE);
	MAP_UINT(map_flags, NO_PREALLOCATION);
	MAP_TYPE(key, int);
	MAP_TYPE(value, u64);
} waits SECTION(".maps");

struct {
	MAP_UINT(type, MAP_RING);
	MAP_UINT(max_entries, 1048576);
} events SECTION(".maps");

/* Events for which a ring had no room: [kind] the agent's, [KINDS + kind] the tenant's. */
struct {
	MAP_UINT(type, MAP_ARRAY);
	MAP_UINT(map_flags, MAPPABLE);
	MAP_UINT(max_entries, 2 * KINDS);
	MAP_TYPE(key, u32);
	MAP_TYPE(value, u64);
} losses SECTION(".maps");

struct {
	MAP_UINT(type, MAP_ARRAY);
	MAP_UINT(map_flags, MAPPABLE);
	MAP_UINT(max_entries, 1);
	MAP_TYPE(key, u32);
	MAP_TYPE(value, struct settings);
} control SECTION(".maps");
