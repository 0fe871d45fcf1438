/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The span that a thread executes: how long the thread waited for a processor, and which sockets it writes to. */
#pragma once

struct thread { u32 tenant; u32 number; struct slot *slot; };

/* The thread as it is known in its own process id namespace, when its process publishes the spans of its threads. */
INLINE bool find_thread(struct task_struct *task, struct thread *thread)
{
	struct pid *pid = READ(task, thread_pid);
	u32 level = READ(pid, level);
	struct upid own = {};
	read_kernel(&own, sizeof(own), __builtin_preserve_access_index(&pid->numbers[level & 7]));
	u32 space = READ(own.ns, ns.inum), number = own.nr;
	u32 *tenant = map_lookup(&process_tenants, &space);
	void *threads = map_lookup(&tenant_threads, &space);
	if (!tenant || !threads) return 0;
	u32 *slot = map_lookup(threads, &number);
	if (!slot) return 0;
	thread->tenant = *tenant;
	thread->number = number;
	thread->slot = slot_of(*tenant, *slot);
	return thread->slot != 0;
}

INLINE bool take_newest(struct slot *slot, struct event *event)
{
	u64 head = *(volatile u64 *)&slot->head, offset;
	return head && (take(slot, head, event, &offset) || (head > 1 && take(slot, head - 1, event, &offset)));
}

INLINE int woken(struct task_struct *task)
{
	struct settings *set = settings();
	if (!set || !set->run_queue) return 0;
	u64 *since = task_storage(&waits, task, 0, CREATE);
	if (since) *since = monotonic_time();
	return 0;
}

SECTION("tp_btf/sched_wakeup")
int on_wakeup(u64 *arguments)
{
	return woken((struct task_struct *)arguments[0]);
}

SECTION("tp_btf/sched_wakeup_new")
int on_wakeup_new(u64 *arguments)
{
	return woken((struct task_struct *)arguments[0]);
}

SECTION("tp_btf/sched_switch")
int on_switch(u64 *arguments)
{
	struct settings *set = settings();
	if (!set || !set->run_queue) return 0;
	struct task_struct *leaving = (struct task_struct *)arguments[1], *entering = (struct task_struct *)arguments[2];
	u64 now = monotonic_time();
	/* Taken off the processor while it still wanted to run: it waits from now on. */
	if (READ(leaving, pid) && READ(leaving, __state) == 0) {
		u64 *begins = task_storage(&waits, leaving, 0, CREATE);
		if (begins) *begins = now;
	}
	u64 *since = task_storage(&waits, entering, 0, 0);
	if (!since || !*since) return 0;
	u64 waited = now - *since;
	*since = 0;
	if (waited < set->run_queue_threshold) return 0;
	struct thread thread;
	if (!find_thread(entering, &thread)) return 0;
	struct event event;
	__builtin_memset(&event, 0, sizeof(event));
	event.time = now;
	event.kind = RUN_QUEUE;
	event.value = waited;
	event.process = READ(entering, tgid);
	event.thread = thread.number;
	event.network_namespace = thread.tenant;
	if (take_newest(thread.slot, &event)) event.attribution = THREAD;
	emit(&event);
	return 0;
}

/* Without code in the application: the span of the thread that sends is the socket's, until another thread sends. */
SECTION("tp_btf/sock_send_length")
int on_send(u64 *arguments)
{
	struct sock *socket = (struct sock *)arguments[0];
	struct settings *set = settings();
	if (!set || !set->threads || (int)arguments[1] <= 0 || !is_tcp(socket)) return 0;
	struct thread thread;
	struct event newest;
	if (!find_thread(current_task(), &thread) || !take_newest(thread.slot, &newest)) return 0;
	struct thread_context *stamp = socket_storage(&stamps, socket, 0, CREATE);
	if (!stamp) return 0;
	stamp->trace_id[0] = newest.trace_id[0];
	stamp->trace_id[1] = newest.trace_id[1];
	stamp->span_id = newest.span_id;
	stamp->flags = newest.trace_flags;
	return 0;
}
