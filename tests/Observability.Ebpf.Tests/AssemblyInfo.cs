// .NET's event and diagnostic sources are the process's: providers of tests side by side would sample each other's requests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
