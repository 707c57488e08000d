namespace MobikeX.Engine;

/// <summary>The IKE_SAs of one peer and authentication method, to be walked with <c>foreach</c>; nothing is allocated.</summary>
public readonly struct IkeSaList
{
    private readonly IkeSa? _first;

    internal IkeSaList(IkeSa? first) => _first = first;

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_first);

    /// <summary>Walks the list. The current IKE_SA may be removed meanwhile.</summary>
    public struct Enumerator
    {
        private IkeSa? _next;

        internal Enumerator(IkeSa? first)
        {
            _next = first;
            Current = null!;
        }

        /// <summary>The IKE_SA that was reached.</summary>
        public IkeSa Current { get; private set; }

        /// <summary>Goes to the next; false where there is none.</summary>
        public bool MoveNext()
        {
            if (_next is null)
            {
                return false;
            }

            Current = _next;
            _next = _next.NextOfPeer;
            return true;
        }
    }
}
