using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Tests;

/// <summary>The bodies of the payloads that IKE_SA_INIT has in clear, and of those that stand inside a chain (RFC 7296, sections 3.3 to 3.15).</summary>
public class DecodePayloadTests
{
    [Fact]
    public void Algorithms_are_told_by_their_names()
    {
        ToolRun run = Decode(
            PayloadType.SecurityAssociation,
            "00000020" + "0000001c" + "01010002" + "0300000c" + "01000014" + "800e0080" + "00000008" + "02000005");

        Assert.Contains(
            """
            "payload":33,"name":"SA","critical":false,"length":32,"fields":{"proposals":[{"last":"LAST","proposalNum":1,"protocolId":"IKE","spi":"","transforms":[
            """.Trim()
            + """{"last":"MORE","transformType":"ENCR","transformId":"ENCR_AES_GCM_16","attributes":[{"SHORT_TRANSFORM_ATTRIBUTE":{"type":"KEY_LENGTH","value":128}}]},"""
            + """{"last":"LAST","transformType":"PRF","transformId":"PRF_HMAC_SHA2_256","attributes":[]}]}]}""",
            run.Output,
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Theory]
    [InlineData(PayloadType.KeyExchange, "0000000a" + "00130000" + "aabb", """{"group":"ECP_256","data":"aabb"}""")]
    [InlineData(PayloadType.IdentificationInitiator, "0000000c" + "01000000" + "c0000201", """{"idType":"ID_IPV4_ADDR","data":"c0000201"}""")]
    [InlineData(PayloadType.IdentificationResponder, "00000009" + "02000000" + "61", """{"idType":"ID_FQDN","data":"61"}""")]
    [InlineData(PayloadType.Certificate, "00000007" + "043000", """{"certEncoding":"X509_CERTIFICATE_SIGNATURE","data":"3000"}""")]
    [InlineData(PayloadType.CertificateRequest, "00000005" + "04", """{"certEncoding":"X509_CERTIFICATE_SIGNATURE","authority":""}""")]
    [InlineData(PayloadType.Authentication, "00000009" + "0e000000" + "01", """{"authMethod":"DIGITAL_SIGNATURE","data":"01"}""")]
    [InlineData(PayloadType.Nonce, "00000014" + "000102030405060708090a0b0c0d0e0f", """{"data":"000102030405060708090a0b0c0d0e0f"}""")]
    [InlineData(PayloadType.Delete, "0000000c" + "03040001" + "c1000001", """{"DELETE_CHILD_SAS":{"protocolId":"ESP","spis":[3238002689]}}""")]
    [InlineData(PayloadType.Delete, "00000008" + "01000000", """{"DELETE_IKE_SA":{}}""")]
    [InlineData(
        PayloadType.TrafficSelectorResponder,
        "00000018" + "01000000" + "07110010" + "01f401f4" + "0a000000" + "0a0000ff",
        """{"selectors":[{"TS_IPV4":{"ipProtocolId":17,"startPort":500,"endPort":500,"startAddress":"10.0.0.0","endAddress":"10.0.0.255"}}]}""")]
    [InlineData(PayloadType.Configuration, "0000000c" + "01000000" + "00010000", """{"cfgType":"CFG_REQUEST","attributes":[{"type":"INTERNAL_IP4_ADDRESS","value":""}]}""")]
    [InlineData(PayloadType.EncryptedFragment, "00000009" + "00010002" + "ff", """{"fragmentNumber":1,"totalFragments":2,"sealed":"ff"}""")]
    public void A_body_is_told_in_the_names_of_the_spec(PayloadType type, string hex, string fields)
    {
        ToolRun run = Decode(type, hex);

        Assert.Contains($"\"payload\":{(byte)type},\"name\":\"{type.Name()}\"", run.Output, StringComparison.Ordinal);
        Assert.Contains($"\"fields\":{fields}}}", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Theory]
    [InlineData(PayloadType.Nonce, "00000005" + "00", "offset 12: NONCE.NONCE_BODY.data: ")]
    [InlineData(PayloadType.Delete, "0000000c" + "01000000" + "c1000001", "offset 16: D: octets are left after the last field")]
    [InlineData(PayloadType.TrafficSelectorInitiator, "00000008" + "02000000", "offset 16: TSi.TS_BODY.")]
    public void A_body_that_cannot_be_read_is_a_problem_with_its_offset(PayloadType type, string hex, string problem)
    {
        ToolRun run = ToolRun.Of("decode", Chain(type, hex));

        Assert.Contains("problem " + problem, run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    private static ToolRun Decode(PayloadType type, string hex) => ToolRun.Of("decode", "--json", Chain(type, hex));

    // A chain on the command line begins with a notify: END_OF_SELECTOR.
    private static string Chain(PayloadType type, string hex) => ((byte)type).ToString("x2") + HexVectors.End[2..] + hex;
}
