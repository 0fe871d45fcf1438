/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
#pragma once

INLINE struct settings *settings(void)
{
	u32 zero = 0;
	return map_lookup(&control, &zero);
}

INLINE void count_loss(u32 index)
{
	u64 *count = map_lookup(&losses, &index);
	if (count) __sync_fetch_and_add(count, 1);
}

/* Copies an entry unless it is being rewritten. A program can interrupt the writer on its own processor and cannot wait for it, so there is a ring
 * of entries and no lock. The atomic reads are the barriers that weakly ordered processors need. */
INLINE bool take(struct slot *slot, u64 number, struct event *event, u64 *offset)
{
	struct slot_entry *entry = &slot->entry[(number - 1) & (RING - 1)];
	if (__sync_fetch_and_add(&entry->sequence, 0) != number) return 0;
	volatile struct slot_entry *from = entry;
	u64 high = from->trace_id[0], low = from->trace_id[1], span = from->span_id, flags = from->flags, begins = from->offset;
	if (__sync_fetch_and_add(&entry->sequence, 0) != number) return 0;
	if (!span || !(high | low)) return 0;
	event->trace_id[0] = high;
	event->trace_id[1] = low;
	event->span_id = span;
	event->trace_flags = flags & 0xff;
	*offset = begins;
	return 1;
}

/* With an offset: the span whose bytes they are. Otherwise, or when the ring does not go back that far: the newest. */
INLINE u32 attribute(struct slot *slot, u64 cookie, s64 offset, struct event *event)
{
	if (slot->cookie != cookie) return NONE;
	u64 head = *(volatile u64 *)&slot->head, begins = UNKNOWN_OFFSET;
	if (!head) return NONE;
	event->process = slot->owner;
	if (offset >= 0) {
#pragma unroll
		for (u32 back = 0; back < RING; back++) {
			if (head <= back) break;
			if (!take(slot, head - back, event, &begins)) continue;
			if (begins == UNKNOWN_OFFSET) return LAST;
			if (begins <= (u64)offset) return EXACT;
		}
	}
	if (take(slot, head, event, &begins)) return LAST;
	if (head > 1 && take(slot, head - 1, event, &begins)) return LAST;
	event->trace_id[0] = event->trace_id[1] = event->span_id = 0;
	return NONE;
}

INLINE struct slot *slot_of(u32 tenant, u32 number)
{
	void *slots = map_lookup(&tenant_slots, &tenant);
	return slots ? map_lookup(slots, &number) : 0;
}

INLINE u32 attribute_socket(struct sock *socket, s64 offset, struct event *event)
{
	struct socket_slot *bound = socket_storage(&socket_slots, socket, 0, 0);
	if (bound) {
		struct slot *slot = slot_of(event->network_namespace, bound->slot);
		u32 found = slot ? attribute(slot, event->cookie, offset, event) : NONE;
		if (found) return found;
	}
	struct thread_context *stamp = socket_storage(&stamps, socket, 0, 0);
	if (!stamp) return NONE;
	event->trace_id[0] = stamp->trace_id[0];
	event->trace_id[1] = stamp->trace_id[1];
	event->span_id = stamp->span_id;
	event->trace_flags = stamp->flags;
	return THREAD;
}

INLINE void remember_cookie(struct sock *socket, u64 cookie)
{
	struct socket_slot *bound = socket_storage(&socket_slots, socket, 0, 0);
	if (!bound) return;
	struct socket_slot copy = { .slot = bound->slot };
	map_update(&cookie_slots, &cookie, &copy, 0);
}

INLINE void describe(struct event *event, struct sock *socket, u32 kind, u64 cookie)
{
	__builtin_memset(event, 0, sizeof(*event));
	event->time = monotonic_time();
	event->kind = kind;
	event->cookie = cookie;
	event->family = READ(socket, __sk_common.skc_family);
	event->local_port = READ(socket, __sk_common.skc_num);
	event->peer_port = SWAP16(READ(socket, __sk_common.skc_dport));
	event->state = READ(socket, __sk_common.skc_state);
	struct net *net = READ(socket, __sk_common.skc_net.net);
	event->network_namespace = READ(net, ns.inum);
	if (event->family == AF_INET6) {
		read_kernel(event->local_address, 16, __builtin_preserve_access_index(&socket->__sk_common.skc_v6_rcv_saddr));
		read_kernel(event->peer_address, 16, __builtin_preserve_access_index(&socket->__sk_common.skc_v6_daddr));
	} else {
		read_kernel(event->local_address, 4, __builtin_preserve_access_index(&socket->__sk_common.skc_rcv_saddr));
		read_kernel(event->peer_address, 4, __builtin_preserve_access_index(&socket->__sk_common.skc_daddr));
	}
	struct tcp_sock *tcp = (struct tcp_sock *)socket;
	event->round_trip = READ(tcp, srtt_us) >> 3;
	event->retransmits = READ(tcp, total_retrans);
}

/* To the agent, and to the tenant in whose namespace it happened. */
INLINE void emit(struct event *event)
{
	struct settings *set = settings();
	if (event->attribution == NONE && (!set || !set->untagged)) return;
	if (ring_output(&events, event, sizeof(*event), 0)) count_loss(event->kind);
	if (event->attribution == NONE) return;
	u32 tenant = event->network_namespace;
	void *ring = map_lookup(&tenant_events, &tenant);
	if (ring && ring_output(ring, event, sizeof(*event), 0)) count_loss(KINDS + event->kind);
}
