using OtherProtocols.Dhcp;
using OtherProtocols.Hdlc;
using OtherProtocols.Ikev2Extensions;
using TlsRecord = OtherProtocols.Tls.Record;
using WireGuardMessage = OtherProtocols.WireGuard.Message;

namespace MobikeX.Specs.Tests;

/// <summary>What the specs of this folder read at the top, by the name that a vector gives it.</summary>
internal static class Readings
{
    public static readonly IReadOnlyDictionary<string, Reading> All = new Dictionary<string, Reading>
    {
        ["configuration"] = octets =>
        {
            if (!Configuration.TryRead(octets, out Configuration value, out int consumed, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), consumed, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["redirect"] = octets =>
        {
            if (!RedirectNotify.TryRead(octets, out RedirectNotify value, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), octets.Length, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["redirected-from"] = octets =>
        {
            if (!RedirectedFromNotify.TryRead(octets, out RedirectedFromNotify value, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), octets.Length, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["signature-hash-algorithms"] = octets =>
        {
            if (!SignatureHashAlgorithmsNotify.TryRead(octets, out SignatureHashAlgorithmsNotify value, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), octets.Length, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["use-aggfrag"] = octets =>
        {
            if (!UseAggfragNotify.TryRead(octets, out UseAggfragNotify value, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), octets.Length, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["wireguard"] = octets =>
        {
            if (!WireGuardMessage.TryRead(octets, out WireGuardMessage value, out int consumed, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), consumed, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["tls"] = octets =>
        {
            if (!TlsRecord.TryRead(octets, out TlsRecord value, out int consumed, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), consumed, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["dhcp"] = octets =>
        {
            if (!Options.TryRead(octets, out Options value, out int consumed, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), consumed, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
        ["hdlc"] = octets =>
        {
            if (!Control.TryRead(octets, out Control value, out int consumed, out WireFailure failure))
            {
                return ReadValue.Refused(failure, octets);
            }

            var read = new ReadValue(value.ToString(), consumed, value.WireLength);
            value.Describe(read.Notation);
            return read.Wrote(value.TryWrite(read.Octets, out int written, out failure), written, value.TryWrite(read.TooShort, out written, out failure), written);
        },
    };
}
