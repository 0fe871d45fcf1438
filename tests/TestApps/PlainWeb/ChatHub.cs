using Microsoft.AspNetCore.SignalR;

public sealed class ChatHub : Hub
{
    public string Echo(string text) => text;
}
