#if !NETSTANDARD
using System;
using System.Diagnostics;
using System.Reflection;

ActivitySource.AddActivityListener(new ActivityListener
{
    ShouldListenTo = source => source.Name == "ManyFrameworks",
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    ActivityStopped = span => Console.WriteLine("span " + span.DisplayName),
});
var goods = args.Length == 0 ? typeof(Goods) : new Loaded().LoadFromAssemblyPath(args[0]).GetType("Goods", true);
Console.WriteLine(goods.GetMethod("Price").Invoke(null, new object[] { 3 }));

internal sealed class Loaded : System.Runtime.Loader.AssemblyLoadContext
{
    protected override Assembly Load(AssemblyName name) => null;
}
#endif
