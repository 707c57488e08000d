using System.Runtime.InteropServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>Writes an SA that is to be made in the kernel's form.</summary>
internal static class SaDefinitionWriter
{
    private const uint OldFormWindow = 32;
    private const int WordBits = 32;

    public static void Write(NetlinkRequest request, XfrmSaDefinition definition)
    {
        bool isLarge = definition.ExtendedSequenceNumbers || definition.ReplayWindow > OldFormWindow;
        ushort family = AddressFamilies.Of(definition.Destination);

        // What is inside a tunnel may be of another family than the tunnel, so that no selector is a selector of neither.
        bool isOfAnyFamily = definition is { Selector: null, Mode: XfrmMode.Tunnel };
        byte flags = (byte)((definition.ExtendedSequenceNumbers ? XfrmSaFlags.Esn : 0) | (isOfAnyFamily ? XfrmSaFlags.AnyFamily : 0));
        request.Write(new SaInfoLayout
        {
            Selector = definition.Selector is { } selector ? SelectorLayout.From(selector)
                : new SelectorLayout { Family = isOfAnyFamily ? AddressFamilies.Unspecified : family },
            Id = new IdLayout { Destination = XfrmAddress.From(definition.Destination), Spi = definition.Spi, Protocol = (byte)definition.Protocol },
            Source = XfrmAddress.From(definition.Source),
            Limits = LifetimeLimitsLayout.From(definition.Limits),
            RequestId = definition.RequestId,
            Family = family,
            Mode = (byte)definition.Mode,
            ReplayWindow = isLarge ? (byte)0 : (byte)definition.ReplayWindow,
            Flags = flags,
        });
        WriteAlgorithms(request, definition);
        if (definition.Encapsulation is { } encapsulation)
        {
            request.WriteAttribute(XfrmAttribute.Encapsulation, encapsulation.ToLayout());
        }

        definition.Mark.WriteTo(request);
        if (definition.InterfaceId != 0)
        {
            request.WriteAttribute(XfrmAttribute.InterfaceId, definition.InterfaceId);
        }

        if (isLarge)
        {
            WriteLargeReplay(request, definition.ReplayWindow);
        }
    }

    private static void WriteAlgorithms(NetlinkRequest request, XfrmSaDefinition definition)
    {
        if (definition.Aead is { } aead)
        {
            AlgorithmLayout.Write(request, XfrmAttribute.Aead, aead, withIcv: true);
        }

        if (definition.Encryption is { } encryption)
        {
            AlgorithmLayout.Write(request, XfrmAttribute.Encryption, encryption, withIcv: false);
        }

        if (definition.Integrity is { } integrity)
        {
            AlgorithmLayout.Write(request, XfrmAttribute.TruncatedAuthentication, integrity, withIcv: true);
        }
    }

    private static void WriteLargeReplay(NetlinkRequest request, uint window)
    {
        // The kernel takes no window of 0 with this form, also from an SA that only sends.
        uint told = Math.Max(window, 1);
        uint words = (told + WordBits - 1) / WordBits;
        var replay = new EsnReplayLayout { BitmapWords = words, Window = told };
        byte[] octets = [.. MemoryMarshal.AsBytes(new ReadOnlySpan<EsnReplayLayout>(in replay)), .. new byte[words * sizeof(uint)]];
        request.WriteAttribute(XfrmAttribute.ReplayEsn, octets);
    }
}
