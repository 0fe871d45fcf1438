using System.CommandLine;
using Observability.Tool;

var root = new RootCommand("Observability for .NET, ahead of run.") { WeaveVerb.Create() };
return root.Parse(args).Invoke();
