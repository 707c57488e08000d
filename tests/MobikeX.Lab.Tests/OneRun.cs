// The scenarios have the kernels that one run starts; those of another run would only slow them down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
