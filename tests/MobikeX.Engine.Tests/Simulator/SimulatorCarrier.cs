namespace MobikeX.Engine.Tests.Simulator;

/// <summary>The least that carries exchanges: Message IDs, one request outstanding, retransmission, and the last response kept (RFC 7296 section 2.1).</summary>
internal sealed class SimulatorCarrier(SimulatorHost host, SimulatorClock clock, SimulatorNetwork network)
{
    private static readonly TimeSpan RetransmitAfter = TimeSpan.FromSeconds(1);

    private readonly Queue<Transmit> _waiting = new();
    private Transmit? _outstanding;
    private uint _sending;
    private uint _expected;
    private Datagram? _lastResponse;
    private int _tries;

    public SimulatorCarrier Peer { get; set; } = null!;

    /// <summary>How often a request is sent before the carrier gives up.</summary>
    public int MostTries { get; set; } = 60;

    public void Send(in Transmit transmit)
    {
        if (transmit.Kind == TransmitKind.Response)
        {
            _lastResponse = Wrap(transmit, transmit.Token);
            Transfer(_lastResponse);
            return;
        }

        _waiting.Enqueue(transmit);
        SendNext();
    }

    public void Receive(Datagram datagram)
    {
        if (datagram.IsResponse)
        {
            ReceiveResponse(datagram);
        }
        else if (datagram.MessageId == _expected)
        {
            _expected++;
            host.TakeRequest(new ReceivedMessage(datagram.Exchange, datagram.MessageId, datagram.First, datagram.Payloads, datagram.Packet));
        }
        else if (_lastResponse?.MessageId == datagram.MessageId)
        {
            Transfer(_lastResponse);
        }
    }

    private void ReceiveResponse(Datagram datagram)
    {
        if (_outstanding is not { } request || datagram.MessageId != _sending)
        {
            return;
        }

        _outstanding = null;
        _sending++;
        host.TakeResponse(new ReceivedMessage(datagram.Exchange, request.Token, datagram.First, datagram.Payloads, datagram.Packet));
        SendNext();
    }

    private void SendNext()
    {
        if (_outstanding is null && _waiting.TryDequeue(out Transmit request))
        {
            _outstanding = request;
            _tries = 0;
            host.TakeSent(request.Token);
            Try(_sending);
        }
    }

    private void Try(uint messageId)
    {
        if (_outstanding is not { } request || messageId != _sending)
        {
            return;
        }

        if (_tries++ == MostTries)
        {
            _outstanding = null;
            host.TakeLoss(request.Token);
            return;
        }

        Transfer(Wrap(request, messageId));
        clock.After(RetransmitAfter, () => Try(messageId));
    }

    private void Transfer(Datagram datagram) => network.Send(datagram, arriving => Peer.Receive(arriving));

    private Datagram Wrap(in Transmit transmit, uint messageId) =>
        new(host.IsInitiator, transmit.Kind == TransmitKind.Response, messageId, transmit.Exchange, transmit.First, transmit.Payloads.ToArray(), transmit.Packet);
}
