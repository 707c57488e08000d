using MobikeX.Backend.Contract;

namespace MobikeX.Wfp.Windows;

public sealed class WfpChangeTests() : ChangeContract(new WfpBackendUnderTest());

public sealed class WfpTrafficTests() : TrafficContract(new WfpBackendUnderTest());

public sealed class WfpFailureTests() : FailureContract(new WfpBackendUnderTest());
