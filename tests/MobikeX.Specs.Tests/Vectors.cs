namespace MobikeX.Specs.Tests;

/// <summary>Octets worked out by hand from the figures of the documents, and what they are.</summary>
public static class Vectors
{
    private const string Zeros16 = "00000000000000000000000000000000";

    /// <summary>Reading, octets, text of the value.</summary>
    public static TheoryData<string, string, string> Read => new()
    {
        // RFC 7296 section 3.15: a request that leaves the address open, and asks for DNS twice.
        { "configuration", "01000000 00010000 00030000 00030000", "CONFIGURATION(cfgType CFG_REQUEST, ATTRIBUTE(type INTERNAL_IP4_ADDRESS, value ), ATTRIBUTE(type INTERNAL_IP4_DNS, value ), ATTRIBUTE(type INTERNAL_IP4_DNS, value ))" },

        // The reply, with an attribute that nobody knows; the reserved bit is set, and ignored.
        { "configuration", "02000000 00010004 c0000202 8003 0004 c0000235 7fff0002 abcd", "CONFIGURATION(cfgType CFG_REPLY, ATTRIBUTE(type INTERNAL_IP4_ADDRESS, value c0000202), ATTRIBUTE(type INTERNAL_IP4_DNS, value c0000235), ATTRIBUTE(type 32767, value abcd))" },
        { "configuration", "04000000", "CONFIGURATION(cfgType CFG_ACK)" },

        // RFC 5685 section 6: a union on the type of the gateway, behind it a nonce or nothing.
        { "redirect", "0104c0000201 0102030405060708", "REDIRECT(GATEWAY_IPV4(192.0.2.1), nonce 0102030405060708)" },
        { "redirect", "0210 20010db8000000000000000000000001", "REDIRECT(GATEWAY_IPV6(2001:db8::1), nonce )" },
        { "redirected-from", "030b 67772e6578616d706c6532", "REDIRECTED_FROM(GATEWAY_FQDN(67772e6578616d706c6532))" },

        // RFC 7427 section 4.
        { "signature-hash-algorithms", "0001 0002 0003 0004 0005 0400", "SIGNATURE_HASH_ALGORITHMS(SHA1, SHA2-256, SHA2-384, SHA2-512, Identity, 1024)" },

        // RFC 9347 section 5.1: the two flags are the last bits.
        { "use-aggfrag", "02", "USE_AGGFRAG(congestionControl)" },
        { "use-aggfrag", "fd", "USE_AGGFRAG(dontFragment)" },

        // WireGuard section 5.4: numbers are little-endian.
        { "wireguard", "03000000 04030201" + Zeros16 + "0000000000000000" + Zeros16 + Zeros16, "COOKIE_REPLY(receiver 16909060, nonce 000000000000000000000000000000000000000000000000, cookie 0000000000000000000000000000000000000000000000000000000000000000)" },
        { "wireguard", "04000000 01000000 0200000000000000" + Zeros16, "TRANSPORT_DATA(receiver 1, counter 2, packet 00000000000000000000000000000000)" },

        // RFC 8446 section 5: close_notify, and the record of RFC 8448 section 5 that middleboxes want to see.
        { "tls", "15 0303 0002 01 00", "ALERT_RECORD(legacyVersion 771, ALERT(level warning, description close_notify))" },
        { "tls", "14 0303 0001 01", "OTHER_RECORD(type change_cipher_spec, legacyVersion 771, fragment 01)" },

        // RFC 2132: an offer with its padding; options that are not known are kept, in order.
        { "dhcp", "63825363 350102 0104ffffff00 0308c0000201c0000202 330400000e10 2b0201ff ff 0000", "OPTIONS(MESSAGE_TYPE(DHCPOFFER), SUBNET_MASK(255.255.255.0), ROUTERS(HOST(192.0.2.1), HOST(192.0.2.2)), LEASE_TIME(3600), OTHER(code 43, data 01ff), END, PAD, PAD)" },

        // HDLC: what the frame is stands in the low bits.
        { "hdlc", "b6", "INFORMATION(receiveNumber 5, poll, sendNumber 3)" },
        { "hdlc", "39", "SUPERVISORY_FRAME(receiveNumber 1, poll, function REJ)" },
        { "hdlc", "73", "UNNUMBERED(modifierHigh 3, poll, modifierLow 0)" },
    };

    /// <summary>Reading, octets, kind, offset and path of the failure.</summary>
    public static TheoryData<string, string, WireFailureKind, int, string> Refused => new()
    {
        { "configuration", "010000", WireFailureKind.Truncated, 3, "CONFIGURATION.reserved" },
        { "configuration", "01000000 0001", WireFailureKind.Truncated, 6, "CONFIGURATION.attributes.ATTRIBUTE.length" },
        { "configuration", "01000000 00010005 c0000202", WireFailureKind.Truncated, 12, "CONFIGURATION.attributes.ATTRIBUTE.value" },
        { "redirect", "0103c0000200", WireFailureKind.BadValue, 1, "REDIRECT.GATEWAY_IPV4.length" },
        { "redirect", "0404c0000201", WireFailureKind.BadValue, 0, "REDIRECT.GATEWAY" },
        { "redirect", "", WireFailureKind.Truncated, 0, "REDIRECT.GATEWAY" },
        { "redirected-from", "0104c0000201 00", WireFailureKind.TrailingOctets, 6, "REDIRECTED_FROM" },
        { "redirected-from", "0300", WireFailureKind.BadLength, 1, "REDIRECTED_FROM.GATEWAY_FQDN.length" },
        { "signature-hash-algorithms", "000100", WireFailureKind.Truncated, 3, "SIGNATURE_HASH_ALGORITHMS.algorithms" },
        { "use-aggfrag", "", WireFailureKind.Truncated, 0, "USE_AGGFRAG.reserved" },
        { "wireguard", "05000000", WireFailureKind.BadValue, 0, "MESSAGE" },
        { "wireguard", "04000000 01000000 0200000000000000" + Zeros16 + "00", WireFailureKind.BadLength, 16, "TRANSPORT_DATA.packet" },
        { "tls", "15 0303 0003 01 00 00", WireFailureKind.TrailingOctets, 7, "ALERT_RECORD" },
        { "tls", "15 0303 0001 01 00", WireFailureKind.Truncated, 6, "ALERT_RECORD.ALERT.description" },
        { "tls", "15 0303 0002 03 00", WireFailureKind.BadValue, 5, "ALERT_RECORD.ALERT.level" },
        { "dhcp", "63825364", WireFailureKind.BadValue, 0, "OPTIONS.cookie" },
        { "dhcp", "63825363 0307 c0000201c00002", WireFailureKind.Truncated, 13, "OPTIONS.all.ROUTERS.hosts.HOST.address" },
        { "dhcp", "63825363 0300", WireFailureKind.BadLength, 6, "OPTIONS.all.ROUTERS.hosts" },
        { "hdlc", "", WireFailureKind.Truncated, 0, "CONTROL" },
    };
}
