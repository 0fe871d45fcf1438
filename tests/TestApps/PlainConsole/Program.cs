using System.Diagnostics;
using System.Diagnostics.Metrics;

// A program without a host: it does what its arguments say, each on its own.
using var source = new ActivitySource("Shop.Console");
using (source.StartActivity("the whole of Main"))
{
    Console.WriteLine($"{args.Length} arguments");
    foreach (var argument in args)
    {
        Console.WriteLine(argument);
        switch (argument.Split('=', 2))
        {
            case ["lines", var count]:
                for (var i = 0; i < int.Parse(count); i++) Console.WriteLine($"line {i}");
                break;
            case ["speak", var names]:
                foreach (var name in names.Split(','))
                {
                    using var speaker = new ActivitySource(name);
                    speaker.StartActivity("span of " + name)?.Dispose();
                    new Meter(name).CreateCounter<long>("count_of." + name).Add(1);
                }
                break;
            case ["read"]:
                Console.WriteLine("read: " + Console.In.ReadToEnd());
                break;
            case ["child", var rest]:
                using (var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, rest.Split(',')))!)
                {
                    child.WaitForExit();
                    Console.WriteLine($"child ended with {child.ExitCode}");
                }
                break;
            case ["variables"]:
                foreach (var name in new[] { "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE", "OBSERVABILITY_WOVEN" }) Console.WriteLine($"{name}={Environment.GetEnvironmentVariable(name)}");
                break;
            case ["lives"]:
                Console.WriteLine($"{(File.ReadAllText("/proc/self/environ").Contains("OBSERVABILITY_WOVEN=") ? "second" : "first")} life, {(typeof(Program).Assembly.Location.StartsWith(AppContext.BaseDirectory) ? "own" : "woven")} assembly");
                break;
            case ["linger"]:
                Thread.Sleep(TimeSpan.FromMinutes(5));
                break;
            case ["number"]:
                Console.WriteLine(Environment.ProcessId);
                break;
            case ["types"]:
                foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) assembly.GetTypes();
                Console.WriteLine("every type was looked at");
                break;
            case ["where"]:
                Console.WriteLine($"{AppContext.BaseDirectory} {Environment.CurrentDirectory}");
                break;
        }
    }
}

if (args.Contains("throw")) throw new InvalidOperationException("the crash of Main");
if (args.Contains("abort")) Environment.FailFast("the abort of Main");
if (args.FirstOrDefault(argument => argument.StartsWith("exit=", StringComparison.Ordinal)) is { } exit) Environment.Exit(int.Parse(exit[5..]));
return 3;
