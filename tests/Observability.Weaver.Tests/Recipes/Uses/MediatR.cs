using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MediatR;

public static class Use
{
    public sealed record Ping(int Number) : IRequest<string>;
    public sealed record Failing : IRequest<string>;
    public sealed class Told : INotification { public string Text = ""; }

    public static string Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<string> RunAsync()
    {
        var mediator = new Mediator(new Services());
        var text = await mediator.Send(new Ping(1)) + " ";
        var told = new Told();
        await mediator.Publish(told);
        text += told.Text + " ";
        try { await mediator.Send(new Failing()); } catch (FormatException) { text += "failed"; }
        return text;
    }

    private sealed class Handler : IRequestHandler<Ping, string>, IRequestHandler<Failing, string>, INotificationHandler<Told>
    {
        public async Task<string> Handle(Ping request, CancellationToken token) { await Task.Yield(); return "pong " + request.Number; }
        public async Task<string> Handle(Failing request, CancellationToken token) { await Task.Yield(); throw new FormatException(); }
        public Task Handle(Told notification, CancellationToken token) { notification.Text = "told"; return Task.CompletedTask; }
    }

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type type)
        {
            if (type.IsAssignableFrom(typeof(Handler))) return new Handler();
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IEnumerable<>)) return null;
            var element = type.GetGenericArguments()[0];
            var found = element.IsAssignableFrom(typeof(Handler)) ? 1 : 0;
            var list = Array.CreateInstance(element, found);
            if (found == 1) list.SetValue(new Handler(), 0);
            return list;
        }
    }
}
