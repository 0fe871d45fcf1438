using Observability.Tool;

return new ToolCommands(Console.Out, Console.Error, Path.Combine(AppContext.BaseDirectory, "payload")).Run(args);
