using System.Runtime.InteropServices;

namespace MobikeX.Wfp.Interop;

/// <summary>FWP_BYTE_BLOB (fwptypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpByteBlob
{
    public uint Size;
    public nint Data;
}

/// <summary>FWP_VALUE0 and FWP_CONDITION_VALUE0 (fwptypes.h): what is up to 32 bits wide stands in the union, all else is pointed at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpValue0
{
    public FwpDataType Type;
    public ulong Union;
}

/// <summary>FWP_V4_ADDR_AND_MASK (fwptypes.h), in host order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpV4AddrAndMask
{
    public uint Addr;
    public uint Mask;
}

/// <summary>FWP_V6_ADDR_AND_MASK (fwptypes.h).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct FwpV6AddrAndMask
{
    public FwpAddress Addr;
    public byte PrefixLength;
}

/// <summary>FWPM_DISPLAY_DATA0 (fwpmtypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpmDisplayData0
{
    public nint Name;
    public nint Description;
}

/// <summary>FWPM_FILTER_CONDITION0 (fwpmtypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpmFilterCondition0
{
    public Guid FieldKey;
    public FwpMatchType MatchType;
    public FwpValue0 ConditionValue;
}

/// <summary>FWPM_ACTION0 (fwpmtypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpmAction0
{
    public uint Type;
    public Guid CalloutKey;
}

/// <summary>FWPM_FILTER0 (fwpmtypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpmFilter0
{
    public Guid FilterKey;
    public FwpmDisplayData0 DisplayData;
    public uint Flags;
    public nint ProviderKey;
    public FwpByteBlob ProviderData;
    public Guid LayerKey;
    public Guid SubLayerKey;
    public FwpValue0 Weight;
    public uint NumFilterConditions;
    public nint FilterCondition;
    public FwpmAction0 Action;
    public FilterContext Context;
    public nint Reserved;
    public ulong FilterId;
    public FwpValue0 EffectiveWeight;

    /// <summary>The union of rawContext and providerContextKey: the first is 64 bits wide, and so aligns the second.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FilterContext
    {
        public ulong Low;
        public ulong High;

        public static FilterContext Of(Guid key) => MemoryMarshal.Cast<Guid, FilterContext>(MemoryMarshal.CreateSpan(ref key, 1))[0];

        public readonly Guid ToGuid()
        {
            FilterContext copy = this;
            return MemoryMarshal.Cast<FilterContext, Guid>(MemoryMarshal.CreateSpan(ref copy, 1))[0];
        }
    }
}

/// <summary>FWPM_PROVIDER_CONTEXT1 (fwpmtypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FwpmProviderContext1
{
    public Guid ProviderContextKey;
    public FwpmDisplayData0 DisplayData;
    public uint Flags;
    public nint ProviderKey;
    public FwpByteBlob ProviderData;
    public int Type;
    public nint Policy;
    public ulong ProviderContextId;
}
