using PlainBlazor.Components;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
var app = builder.Build();
app.UseAntiforgery();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
if (app.Configuration["TestApp:AddressFile"] is { } file)
    app.Lifetime.ApplicationStarted.Register(() => { File.WriteAllText(file + ".part", app.Urls.First()); File.Move(file + ".part", file); });
app.Run();
