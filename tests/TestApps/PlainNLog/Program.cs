using NLog;
using NLog.Config;
using NLog.Targets;

var configuration = new LoggingConfiguration();
configuration.AddRuleForAllLevels(new ConsoleTarget("console") { Layout = "${level} ${logger} ${message}" });
LogManager.Configuration = configuration;
LogManager.GetLogger("Shop").Info("Item {Id} was asked for", 7);
LogManager.Shutdown();
