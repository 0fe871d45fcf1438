/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The few kernel types that are read, by name: the kernel relocates each field when it loads a program, so no kernel headers are needed. */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed int s32;
typedef signed long long s64;
typedef _Bool bool;

#define RELOCATED __attribute__((preserve_access_index))

enum { AF_INET = 2, AF_INET6 = 10, PROTOCOL_TCP = 6 };
enum { TCP_ESTABLISHED = 1, TCP_SYN_SENT = 2, TCP_TIME_WAIT = 6, TCP_CLOSE = 7, TCP_LISTEN = 10, TCP_NEW_SYN_RECV = 12 };

struct in6_addr { u32 words[4]; };
struct ns_common { u32 inum; } RELOCATED;
struct net { struct ns_common ns; } RELOCATED;
typedef struct { struct net *net; } RELOCATED possible_net_t;
typedef struct { s64 counter; } RELOCATED atomic64_t;
struct sock_common {
	u32 skc_daddr;
	u32 skc_rcv_saddr;
	u16 skc_dport;
	u16 skc_num;
	u16 skc_family;
	u8 skc_state;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
	atomic64_t skc_cookie;
} RELOCATED;
struct sock { struct sock_common __sk_common; u16 sk_protocol; int sk_err; } RELOCATED;
struct tcp_sock { u32 srtt_us; u32 snd_nxt; u64 bytes_sent; u64 bytes_retrans; u32 total_retrans; } RELOCATED;
struct tcp_skb_cb { u32 seq; } RELOCATED;
struct sk_buff { struct sock *sk; u32 len; char cb[48]; } RELOCATED;
struct pid_namespace { struct ns_common ns; } RELOCATED;
struct upid { int nr; struct pid_namespace *ns; } RELOCATED;
struct pid { u32 level; struct upid numbers[1]; } RELOCATED;
struct task_struct { int pid; int tgid; u32 __state; struct pid *thread_pid; } RELOCATED;
