// Two kernels at a time would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
