namespace MobikeX.Engine;

/// <summary>The CHILD_SAs of an IKE_SA, to be walked with <c>foreach</c>; nothing is allocated.</summary>
/// <remarks>A list linked through the CHILD_SAs keeps a million IKE_SAs small.</remarks>
public readonly struct ChildSaList
{
    private readonly ChildSa? _first;

    internal ChildSaList(ChildSa? first) => _first = first;

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_first);

    /// <summary>Walks the list. The current CHILD_SA may be removed meanwhile.</summary>
    public struct Enumerator
    {
        private ChildSa? _next;

        internal Enumerator(ChildSa? first)
        {
            _next = first;
            Current = null!;
        }

        /// <summary>The CHILD_SA that was reached.</summary>
        public ChildSa Current { get; private set; }

        /// <summary>Goes to the next; false where there is none.</summary>
        public bool MoveNext()
        {
            if (_next is null)
            {
                return false;
            }

            Current = _next;
            _next = _next.NextChild;
            return true;
        }
    }
}
