// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Kernel events about sockets and threads, each with the span that it hurts. Tracepoints only: every program loads on its own or not at all. */
#include "kernel.h"
#include "contract.h"
#include "helpers.h"
#include "maps.h"
#include "context.h"

char license_text[] SECTION("license") = "Dual BSD/GPL";

INLINE bool is_tcp(struct sock *socket)
{
	u16 family = READ(socket, __sk_common.skc_family);
	return (family == AF_INET || family == AF_INET6) && READ(socket, sk_protocol) == PROTOCOL_TCP;
}

/* A socket in these states is a smaller structure, without most of what is read here. */
INLINE bool is_full(struct sock *socket)
{
	u8 state = READ(socket, __sk_common.skc_state);
	return state != TCP_TIME_WAIT && state != TCP_NEW_SYN_RECV;
}

INLINE void report(struct sock *socket, u32 kind, u64 value, u32 error)
{
	struct event event;
	describe(&event, socket, kind, socket_cookie(socket));
	event.value = value;
	event.error = error;
	event.attribution = attribute_socket(socket, -1, &event);
	emit(&event);
}

SECTION("tp_btf/tcp_retransmit_skb")
int on_retransmit(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	struct sk_buff *packet = (struct sk_buff *)arguments[1];
	struct event event;
	describe(&event, socket, RETRANSMIT, socket_cookie(socket));
	struct tcp_sock *tcp = (struct tcp_sock *)socket;
	struct tcp_skb_cb *segment = (struct tcp_skb_cb *)__builtin_preserve_access_index(&packet->cb[0]);
	/* The stream's first byte has the sequence number snd_nxt - (bytes_sent - bytes_retrans), whoever opened the connection. */
	u32 first = READ(tcp, snd_nxt) - (u32)(READ(tcp, bytes_sent) - READ(tcp, bytes_retrans));
	s64 offset = event.state == TCP_SYN_SENT ? -1 : (s64)(s32)(READ(segment, seq) - first);
	event.offset = offset;
	event.length = READ(packet, len);
	event.attribution = attribute_socket(socket, offset, &event);
	remember_cookie(socket, event.cookie);
	emit(&event);
	return 0;
}

SECTION("tp_btf/inet_sock_set_state")
int on_state(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	int before = (int)arguments[1], after = (int)arguments[2];
	if (READ(socket, sk_protocol) != PROTOCOL_TCP || before == TCP_LISTEN) return 0;
	if (after == TCP_SYN_SENT) {
		struct connection *begins = socket_storage(&connections, socket, 0, CREATE);
		if (begins) begins->connect_time = monotonic_time();
		remember_cookie(socket, socket_cookie(socket));
		return 0;
	}
	if (before == TCP_SYN_SENT) {
		struct connection *began = socket_storage(&connections, socket, 0, 0);
		u64 since = began ? began->connect_time : 0;
		report(socket, CONNECT, since ? monotonic_time() - since : 0, READ(socket, sk_err));
	} else if (after == TCP_CLOSE) {
		struct tcp_sock *tcp = (struct tcp_sock *)socket;
		report(socket, CLOSE, READ(tcp, bytes_sent), 0);
	}
	if (after != TCP_CLOSE) return 0;
	struct socket_slot *bound = socket_storage(&socket_slots, socket, 0, 0);
	if (!bound) return 0;
	struct net *net = READ(socket, __sk_common.skc_net.net);
	struct slot *slot = slot_of(READ(net, ns.inum), bound->slot);
	if (slot && slot->cookie == socket_cookie(socket)) slot->closed = 1;
	return 0;
}

SECTION("tp_btf/tcp_receive_reset")
int on_reset_received(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	/* While connecting it is a refusal, which the state tells, with its latency. */
	if (READ(socket, __sk_common.skc_state) != TCP_SYN_SENT) report(socket, RESET_RECEIVED, 0, 0);
	return 0;
}

SECTION("tp_btf/tcp_send_reset")
int on_reset_sent(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	if (socket && is_full(socket)) report(socket, RESET_SENT, (u32)arguments[2], 0);
	return 0;
}

SECTION("tp_btf/inet_sk_error_report")
int on_socket_error(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	u32 error = READ(socket, sk_err);
	/* ECONNRESET and ECONNREFUSED have their own events, and EPIPE is the application's own doing. */
	if (is_tcp(socket) && error != 104 && error != 111 && error != 32) report(socket, SOCKET_ERROR, 0, error);
	return 0;
}

SECTION("tp_btf/tcp_probe")
int on_segment(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	struct settings *set = settings();
	if (!set || !set->round_trips || !socket_storage(&socket_slots, socket, 0, 0)) return 0;
	struct connection *last = socket_storage(&connections, socket, 0, CREATE);
	if (!last) return 0;
	struct tcp_sock *tcp = (struct tcp_sock *)socket;
	u32 now = READ(tcp, srtt_us) >> 3;
	u32 change = now > last->round_trip ? now - last->round_trip : last->round_trip - now;
	if (set->round_trips == 1 && change * 4 < last->round_trip) return 0;
	last->round_trip = now;
	report(socket, ROUND_TRIP, now, 0);
	return 0;
}

INLINE int drop(struct sk_buff *packet, u32 reason, struct sock *receiver)
{
	struct settings *set = settings();
	/* Up to 2: not dropped, consumed, and no reason given, which is how ordinary packets end. */
	if (!set || !set->drops || reason <= 2) return 0;
	struct sock *socket = receiver ? receiver : READ(packet, sk);
	if (!socket || !is_full(socket) || !is_tcp(socket)) return 0;
	u64 cookie = READ(socket, __sk_common.skc_cookie.counter);
	if (!cookie) return 0;
	struct event event;
	describe(&event, socket, DROP, cookie);
	event.value = reason;
	event.length = READ(packet, len);
	struct socket_slot *bound = map_lookup(&cookie_slots, &cookie);
	struct slot *slot = bound ? slot_of(event.network_namespace, bound->slot) : 0;
	if (slot) event.attribution = attribute(slot, cookie, -1, &event);
	emit(&event);
	return 0;
}

SECTION("tp_btf/kfree_skb")
int on_drop(u64 *arguments)
{
	return drop((struct sk_buff *)arguments[0], (u32)arguments[2], (struct sock *)arguments[3]);
}

/* Before 6.11 the tracepoint does not name the socket that would have received the packet. One section holds one program; what follows ? only tells them apart. */
SECTION("tp_btf/kfree_skb?before-6.11")
int on_drop_before_6_11(u64 *arguments)
{
	return drop((struct sk_buff *)arguments[0], (u32)arguments[2], 0);
}

#include "threads.h"
