/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What the kernel programs, the agent and the application agree on. Version 1: a change of any layout is another directory of pins. */
#pragma once

#define RING 4
#define UNKNOWN_OFFSET (~0ULL)

struct slot_entry {            /* 48 bytes: one span on a connection or a thread */
	u64 sequence;          /* which publication this is; 0 while it is rewritten */
	u64 offset;            /* the first byte of the stream that is the span's, or UNKNOWN_OFFSET */
	u64 trace_id[2];
	u64 span_id;
	u64 flags;             /* W3C trace flags */
};

struct slot {                  /* 256 bytes, written by one thread at a time: whoever writes to the connection */
	u64 head;              /* publications so far; the newest is entry (head - 1) % RING */
	u64 cookie;            /* the socket that this slot belongs to: a slot that was given to another does not lie */
	u32 owner;             /* the process that holds the slot; 0 is free */
	u32 closed;            /* set by the kernel when the socket has closed: the slot may be taken from a dead owner */
	u64 reserved[5];
	struct slot_entry entry[RING];
};

struct socket_slot { u32 slot; u32 reserved; };
struct thread_context { u64 trace_id[2]; u64 span_id; u64 flags; };

enum kind { RETRANSMIT = 1, CONNECT = 2, ROUND_TRIP = 3, RESET_RECEIVED = 4, RESET_SENT = 5, DROP = 6, RUN_QUEUE = 7, CLOSE = 8, SOCKET_ERROR = 9, KINDS = 10 };
enum attribution { NONE = 0, LAST = 1, EXACT = 2, THREAD = 3 };

struct event {                 /* 136 bytes */
	u64 time;              /* CLOCK_MONOTONIC, ns */
	u64 cookie;
	u64 trace_id[2];
	u64 span_id;
	u32 kind;
	u32 attribution;
	u64 value;             /* connect, run queue: ns; round trip: us; drop, reset: reason; close: bytes sent */
	u64 offset;            /* retransmit: the first lost byte of the stream */
	u32 length;
	u32 trace_flags;
	u32 network_namespace;
	u16 family;
	u16 local_port;
	u16 peer_port;
	u16 state;
	u32 round_trip;        /* smoothed, us */
	u32 retransmits;       /* of the connection so far */
	u8 local_address[16];
	u8 peer_address[16];
	u32 process;
	u32 thread;
	u32 error;             /* errno */
	u32 reserved;
};

struct settings {
	u64 run_queue_threshold;   /* ns */
	u32 run_queue;
	u32 drops;
	u32 round_trips;           /* 0 none, 1 changes by a quarter, 2 every segment */
	u32 untagged;              /* also what carries no span */
	u32 threads;               /* stamp sockets with the span of the thread that sends */
	u32 reserved;
};
