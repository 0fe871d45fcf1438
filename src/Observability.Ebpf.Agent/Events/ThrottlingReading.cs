namespace Observability.Ebpf.Agent.Events;

/// <summary>How often and for how long a control group has been kept from its processors since it was last read.</summary>
internal readonly record struct ThrottlingReading(long Periods, TimeSpan Time);
