// The first thing that Main does is to say that it runs, without what Console would cost.
using (var output = Console.OpenStandardOutput()) output.Write("main\n"u8);

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/", () => "hello");
app.Run();
