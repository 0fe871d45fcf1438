// Every application of these tests hears every source of the process: side by side they would hear each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
