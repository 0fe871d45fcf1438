namespace Observability.Sources.HttpClientPeer;

/// <summary>What HttpClient tells of a connection: whom it is for, and what address it goes to.</summary>
internal readonly record struct PeerKey(string Server, int Port, string Address, string? Scheme, string? Protocol);
