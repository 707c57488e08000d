using MobikeX.Cli.Notation;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Fragmentation;
using MobikeX.Runtime;

namespace MobikeX.Cli.Decoding;

/// <summary>What stands behind the generic header of a payload other than a Notify.</summary>
internal static class PayloadBody
{
    /// <summary>Tells the fields in the names of the spec; none of a payload that no spec describes, or that is sealed.</summary>
    /// <param name="type">The type of the payload.</param>
    /// <param name="body">What stands behind its header.</param>
    /// <param name="origin">Where the body begins in the input.</param>
    /// <param name="failure">Why the body cannot be read; no failure where it can.</param>
    internal static List<DescribedField> Describe(PayloadType type, ReadOnlySpan<byte> body, int origin, out WireFailure failure)
    {
        var recorder = new NotationRecorder(origin);
        int consumed = Describe(type, body, recorder, out failure);
        if (failure.Kind == WireFailureKind.None && consumed != body.Length)
        {
            failure = new WireFailure(WireFailureKind.TrailingOctets, consumed, string.Empty, string.Empty, "octets are left after the last field");
        }

        // A body that is one of several structs is told as a parameter: by the struct's name.
        List<DescribedField> fields = [.. recorder.Parameters.Select(member => new DescribedField(member.Name, new DescribedValue.Nested(member))), .. recorder.Fields];
        return type == PayloadType.SecurityAssociation ? NameAlgorithms(fields) : fields;
    }

    private static int Describe(PayloadType type, ReadOnlySpan<byte> body, NotationRecorder recorder, out WireFailure failure)
    {
        int consumed;
        switch (type)
        {
            case PayloadType.SecurityAssociation:
                if (SaBody.TryRead(body, out SaBody sa, out consumed, out failure))
                {
                    sa.Describe(recorder);
                }

                return consumed;
            case PayloadType.KeyExchange:
                if (KeBody.TryRead(body, out KeBody ke, out consumed, out failure))
                {
                    ke.Describe(recorder);
                }

                return consumed;
            case PayloadType.IdentificationInitiator or PayloadType.IdentificationResponder:
                if (IdBody.TryRead(body, out IdBody id, out consumed, out failure))
                {
                    id.Describe(recorder);
                }

                return consumed;
            case PayloadType.Certificate:
                if (CertBody.TryRead(body, out CertBody certificate, out consumed, out failure))
                {
                    certificate.Describe(recorder);
                }

                return consumed;
            case PayloadType.CertificateRequest:
                if (CertreqBody.TryRead(body, out CertreqBody request, out consumed, out failure))
                {
                    request.Describe(recorder);
                }

                return consumed;
            case PayloadType.Authentication:
                if (AuthBody.TryRead(body, out AuthBody authentication, out consumed, out failure))
                {
                    authentication.Describe(recorder);
                }

                return consumed;
            case PayloadType.Nonce:
                if (NonceBody.TryRead(body, out NonceBody nonce, out consumed, out failure))
                {
                    nonce.Describe(recorder);
                }

                return consumed;
            case PayloadType.Delete:
                if (DeleteBody.TryRead(body, out DeleteBody delete, out consumed, out failure))
                {
                    delete.Describe(recorder);
                }

                return consumed;
            case PayloadType.VendorId:
                if (VendorIdBody.TryRead(body, out VendorIdBody vendor, out consumed, out failure))
                {
                    vendor.Describe(recorder);
                }

                return consumed;
            case PayloadType.TrafficSelectorInitiator or PayloadType.TrafficSelectorResponder:
                if (TsBody.TryRead(body, out TsBody selectors, out consumed, out failure))
                {
                    selectors.Describe(recorder);
                }

                return consumed;
            case PayloadType.Configuration:
                if (CpBody.TryRead(body, out CpBody configuration, out consumed, out failure))
                {
                    configuration.Describe(recorder);
                }

                return consumed;
            case PayloadType.EncryptedFragment:
                if (SkfBody.TryRead(body, out SkfBody fragment, out consumed, out failure))
                {
                    fragment.Describe(recorder);
                }

                return consumed;
            default:
                failure = default;
                return body.Length;
        }
    }

    /// <summary>Which registry has the number of a transform is said by the field before it.</summary>
    private static List<DescribedField> NameAlgorithms(List<DescribedField> fields)
    {
        TransformType type = default;
        for (int i = 0; i < fields.Count; i++)
        {
            switch (fields[i].Value)
            {
                case DescribedValue.List list:
                    foreach (DescribedValue.Nested item in list.Items.OfType<DescribedValue.Nested>())
                    {
                        NameAlgorithms(item.Block.Fields);
                    }

                    break;
                case DescribedValue.Registry registry when registry.Name is { } name && TransformTypeNames.TryParse(name, out TransformType told):
                    type = told;
                    break;
                case DescribedValue.Number number when type != default && TransformAlgorithm.NameOf(type, (ushort)number.Value) is { } algorithm:
                    fields[i] = fields[i] with { Value = new DescribedValue.Registry(number.Value, algorithm) };
                    type = default;
                    break;
            }
        }

        return fields;
    }
}
