using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>A peer whose addresses stay.</summary>
internal sealed class NoMobility : IMobility
{
    public bool WantsNatPort => false;

    public void AddToAuth(PayloadChain chain)
    {
    }

    public void TakeAuthResponse(ReceivedPayloads response)
    {
    }

    public void Answer(ReceivedPayloads request, PayloadChain answers, Action done) => done();

    public void Established()
    {
    }

    public void TakeResponse(BegunExchange exchange, ReceivedPayloads response)
    {
    }

    public void AddToLiveness(PayloadChain chain)
    {
    }

    public void TakeRequest(ReceivedPayloads request)
    {
    }

    public void Retransmitting(BegunExchange exchange, int attempt)
    {
    }

    public bool Rescues(BegunExchange exchange) => false;

    public void HandleAddresses(IReadOnlyList<IpAddress> own)
    {
    }

    public void Rekeyed(IkeSession successor)
    {
    }

    public void Ended()
    {
    }
}
