using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Puts the fragments of a message together (RFC 7383 section 2.6). Only authentic fragments get in.</summary>
internal sealed class FragmentBuffer
{
    /// <summary>No message of IKE is longer: what a peer can make this host keep ends here.</summary>
    private const int LongestMessage = 65_535;

    private const int MostFragments = 256;

    private uint _messageId;
    private PayloadType _first;
    private byte[]?[] _parts = [];
    private int _missing;
    private int _length;

    /// <summary>Takes an opened message or fragment; the whole is there once nothing is missing.</summary>
    public bool TryComplete(uint messageId, in SealedPayload place, byte[] inner, out PayloadType first, out byte[] chain)
    {
        first = place.FirstInside;
        chain = inner;
        if (place.Fragment is not { } fragment)
        {
            return true;
        }

        if (fragment.Number == 0 || fragment.Number > fragment.Total || fragment.Total > MostFragments)
        {
            return false;
        }

        // More fragments than before: the peer cut the message anew, into smaller parts.
        if (messageId != _messageId || fragment.Total > _parts.Length)
        {
            Clear();
            _messageId = messageId;
            _parts = new byte[]?[fragment.Total];
            _missing = _parts.Length;
        }

        if (fragment.Total != _parts.Length || _parts[fragment.Number - 1] is not null || _length + inner.Length > LongestMessage)
        {
            return false;
        }

        _parts[fragment.Number - 1] = inner;
        _length += inner.Length;
        _missing--;
        _first = fragment.Number == 1 ? place.FirstInside : _first;
        if (_missing > 0)
        {
            return false;
        }

        first = _first;
        chain = new byte[_length];
        int at = 0;
        foreach (byte[]? part in _parts)
        {
            part!.CopyTo(chain, at);
            at += part.Length;
        }

        Clear();
        return true;
    }

    public void Clear()
    {
        _parts = [];
        _missing = 0;
        _length = 0;
        _first = PayloadType.NoNextPayload;
    }
}
