using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>What a backend knows of a pair of CHILD_SAs that it was given: the names of its SAs and policies in the kernel, and how they came.</summary>
internal sealed class KernelChild
{
    private KernelChild(ChildSa child, XfrmRegistration registration, ChildPicture picture)
    {
        Child = child;
        Registration = registration;
        OutboundSelector = picture.Outbound!.Selector;
        InboundSelector = picture.Inbound[0].Selector;
        SendsFromAny = picture.Outbound.Source.IsNone;
        Take(picture);
    }

    public ChildSa Child { get; }

    public XfrmRegistration Registration { get; }

    public XfrmEnd Local => Registration.Local;

    public XfrmSaKey Outbound { get; private set; }

    public IReadOnlyList<XfrmSaKey> Inbound { get; private set; } = [];

    public IReadOnlyList<XfrmPolicyKey> Policies { get; private set; } = [];

    /// <summary>What is written down of it, and under which number; null where another has installed it.</summary>
    public (int Number, Installation What)? Record { get; set; }

    /// <summary>Every SA, the one that is sent on first.</summary>
    public IEnumerable<XfrmSaKey> Sas => Inbound.Prepend(Outbound);

    /// <summary>The selectors that the SAs came with; one that named hosts names them again whenever there is one address only.</summary>
    public XfrmSelector OutboundSelector { get; }

    public XfrmSelector InboundSelector { get; }

    /// <summary>True where the SA that is sent on came with no source, so that it needs none.</summary>
    public bool SendsFromAny { get; }

    private uint OutboundSpi => Local == XfrmEnd.Initiator ? Registration.ResponderSpi : Child.Spi;

    private uint InboundSpi => Local == XfrmEnd.Initiator ? Child.Spi : Registration.ResponderSpi;

    private XfrmProtocol Protocol => Child.Protocol.ToXfrm();

    /// <summary>Finds what a pair of CHILD_SAs has in the kernel.</summary>
    /// <exception cref="XfrmException">Something is not there, or is not what the pair says.</exception>
    public static KernelChild Adopt(XfrmClient client, ChildSa child, XfrmRegistration registration)
    {
        var probe = new KernelChild(child, registration);
        SaAddresses addresses = SaAddresses.Of(child);
        AddressSet local = addresses.Local(registration.Local), peer = addresses.Peer(registration.Local);
        probe.Outbound = new XfrmSaKey(peer[0], probe.OutboundSpi, probe.Protocol, registration.OutboundMark);
        probe.Inbound = [.. Enumerable.Range(0, local.Count).Select(i => new XfrmSaKey(local[i], probe.InboundSpi, probe.Protocol, registration.InboundMark))];
        probe.Policies = registration.Policies;
        using ChildPicture picture = probe.Read(client);
        probe.Check(picture.Outbound!, addresses);
        foreach (XfrmSa inbound in picture.Inbound)
        {
            probe.Check(inbound, addresses);
        }

        return new KernelChild(child, registration, picture);
    }

    /// <summary>Reads all of it from the kernel.</summary>
    /// <exception cref="XfrmException">Something is gone.</exception>
    public ChildPicture Read(XfrmClient client)
    {
        List<XfrmSa> read = [];
        try
        {
            read.Add(client.GetWholeSa(Outbound));
            foreach (XfrmSaKey key in Inbound)
            {
                read.Add(client.GetWholeSa(key));
            }

            return new ChildPicture
            {
                Outbound = read[0],
                Inbound = read[1..],
                Policies = [.. Policies.Select(key => client.GetPolicy(key))],
            };
        }
        catch
        {
            read.ForEach(static sa => sa.Dispose());
            throw;
        }
    }

    /// <summary>Takes the names from what is in the kernel now.</summary>
    public void Take(ChildPicture picture)
    {
        Outbound = picture.Outbound!.Key;
        Inbound = [.. picture.Inbound.Select(sa => sa.Key)];
        Policies = [.. picture.Policies.Select(policy => policy.Key)];
    }

    private KernelChild(ChildSa child, XfrmRegistration registration)
    {
        Child = child;
        Registration = registration;
    }

    private void Check(XfrmSa sa, in SaAddresses addresses)
    {
        XfrmMode mode = Child.IsTunnel ? XfrmMode.Tunnel : XfrmMode.Transport;
        if (sa.Mode != mode)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"{sa} is in {sa.Mode} mode, {Child} in {mode} mode");
        }

        if (sa.Encapsulation.HasValue != addresses.UdpEncapsulation)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"of {sa} and {Child} one is in UDP, the other not");
        }

        if (sa.HidesKeys)
        {
            throw new XfrmException(
                XfrmProblem.KeysHidden, $"the kernel shows no keys of {sa} (it is locked down for confidentiality), so that it could not be made again at another address");
        }
    }
}
