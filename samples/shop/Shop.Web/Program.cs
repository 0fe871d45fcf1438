using Shop.Web;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddObservability();

builder.Services.AddSingleton<CheckoutMetrics>();
builder.Services.AddScoped<Checkout>();
builder.Services.AddHttpClient<OrdersClient>(client => client.BaseAddress = new Uri(builder.Configuration["Orders:Address"]!));

var app = builder.Build();
app.MapGet("/", () => "POST /checkout {\"item\":\"tea\",\"quantity\":2} - or handmade-teapot (slow), or gift-card (fails)\n");
app.MapPost("/checkout", (Basket basket, Checkout checkout, CancellationToken cancel) => checkout.Run(basket, cancel));
app.MapGet("/orders/{id:long}", (long id, OrdersClient orders, CancellationToken cancel) => orders.Find(id, cancel));
app.MapGet("/health", () => "ok");
app.Run();
