// Every test here runs processes of its own; side by side they would take each other's cores and time out.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
