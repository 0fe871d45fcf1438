using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Reflection;

namespace Observability.Ebpf.Kestrel;

/// <summary>
/// Reads <c>context.Features.Get&lt;IConnectionSocketFeature&gt;()?.Socket</c> of an <c>HttpContext</c>. By reflection, because this package serves
/// processes without ASP.NET Core, too, and must not ask for its framework.
/// </summary>
internal sealed class ConnectionSocket
{
    private const string ContextType = "Microsoft.AspNetCore.Http.HttpContext, Microsoft.AspNetCore.Http.Abstractions";
    private const string CollectionType = "Microsoft.AspNetCore.Http.Features.IFeatureCollection, Microsoft.Extensions.Features";
    private const string FeatureType = "Microsoft.AspNetCore.Connections.Features.IConnectionSocketFeature, Microsoft.AspNetCore.Connections.Abstractions";

    private readonly Type _context;
    private readonly object? _feature;
    private readonly MethodInvoker? _features;
    private readonly MethodInvoker? _item;
    private readonly MethodInvoker? _socket;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The property is the one that every middleware reads: no trimmer removes it from an application that serves requests.")]
    private ConnectionSocket(Type context)
    {
        _context = context;
        _features = Getter(Type.GetType(ContextType)?.GetProperty("Features"));
        _item = Getter(Type.GetType(CollectionType)?.GetProperty("Item"));
        var feature = Type.GetType(FeatureType);
        _feature = feature;
        _socket = Getter(feature?.GetProperty("Socket"));
    }

    public static ConnectionSocket For(object context) => new(context.GetType());

    public bool Knows(object context) => context.GetType() == _context;

    /// <summary>Null for a server that has no sockets to show (a test server, IIS), or another version of ASP.NET Core.</summary>
    public Socket? Of(object context)
    {
        if (_features is null || _item is null || _socket is null || _feature is null) return null;
        var features = _features.Invoke(context);
        if (features is null) return null;
        var feature = _item.Invoke(features, _feature);
        return feature is null ? null : _socket.Invoke(feature) as Socket;
    }

    private static MethodInvoker? Getter(PropertyInfo? property) => property?.GetMethod is { } getter ? MethodInvoker.Create(getter) : null;
}
