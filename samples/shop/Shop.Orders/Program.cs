using Shop.Data;
using Shop.Orders;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddObservability();

builder.Services.AddProblemDetails();
builder.Services.AddShopDatabase(builder.Configuration);
builder.Services.AddSingleton<OrderMetrics>();
builder.Services.AddSingleton<Supplier>();
builder.Services.AddSingleton<Payments>();
builder.Services.AddScoped<OrderDesk>();

var app = builder.Build();
app.UseExceptionHandler();
app.MapPost("/orders", (OrderRequest request, OrderDesk desk, CancellationToken cancel) => desk.Place(request, cancel));
app.MapGet("/orders/{id:long}", (long id, OrderDesk desk, CancellationToken cancel) => desk.Find(id, cancel));
app.MapGet("/health", () => "ok");

await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<ShopDatabase>().Database.EnsureCreatedAsync();
app.Run();
