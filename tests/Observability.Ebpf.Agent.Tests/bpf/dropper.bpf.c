// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Loses packets to order, on the way in: for tests in namespaces of their own. Compiled as bpf/build.sh of the agent compiles, with its flags. */
#include "../../../src/Observability.Ebpf.Agent/bpf/kernel.h"
#include "../../../src/Observability.Ebpf.Agent/bpf/helpers.h"

char license_text[] SECTION("license") = "Dual BSD/GPL";

enum { PASS = 0, SHOT = 2 };

struct orders {
	u32 every;      /* lose each so-many-th data packet */
	u32 next;       /* lose the next so many data packets */
	u32 least;      /* only data packets of at least so many bytes count */
	u32 greetings;  /* lose the next so many SYNs */
	u64 seen;
	u64 lost;
	u64 acknowledgements; /* lose the next so many packets that only acknowledge */
};

struct {
	MAP_UINT(type, MAP_ARRAY);
	MAP_UINT(map_flags, MAPPABLE);
	MAP_UINT(max_entries, 1);
	MAP_TYPE(key, u32);
	MAP_TYPE(value, struct orders);
} orders SECTION(".maps");

/* struct __sk_buff, as far as the packet's bytes. */
struct packet { u32 others[19]; u32 data; u32 end; };

struct ethernet { u8 to[6]; u8 from[6]; u16 protocol; };
struct internet { u8 version_length; u8 service; u16 total; u16 id; u16 fragment; u8 life; u8 protocol; u16 checksum; u32 from; u32 to; };
struct transport { u16 from; u16 to; u32 sequence; u32 acknowledgement; u8 length; u8 flags; u16 window; };

SECTION("tc")
int lose(struct packet *packet)
{
	void *data = (void *)(u64)packet->data, *end = (void *)(u64)packet->end;
	struct ethernet *frame = data;
	struct internet *ip = (void *)(frame + 1);
	struct transport *tcp = (void *)(ip + 1);
	if ((void *)(tcp + 1) > end || frame->protocol != SWAP16(0x0800) || ip->protocol != PROTOCOL_TCP || ip->version_length != 0x45) return PASS;
	u32 zero = 0;
	struct orders *set = map_lookup(&orders, &zero);
	if (!set) return PASS;
	if ((tcp->flags & 0x12) == 0x02 && set->greetings) {
		set->greetings--;
		set->lost++;
		return SHOT;
	}
	u32 length = SWAP16(ip->total) - 20 - (tcp->length >> 4) * 4;
	if (length == 0 && (tcp->flags & 0x17) == 0x10 && set->acknowledgements) {
		set->acknowledgements--;
		set->lost++;
		return SHOT;
	}
	if (length == 0 || length > 65535 || length < set->least) return PASS;
	set->seen++;
	if (set->next) {
		set->next--;
		set->lost++;
		return SHOT;
	}
	if (set->every && set->seen % set->every == 0) {
		set->lost++;
		return SHOT;
	}
	return PASS;
}
