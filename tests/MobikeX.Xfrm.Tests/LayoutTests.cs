using System.Diagnostics;
using System.Runtime.CompilerServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>The layouts of the kernel's structures, against numbers measured on Linux 6.1 and 6.18 and against a compiler.</summary>
public sealed class LayoutTests
{
    /// <summary>The structure in C, its size, and where its members are.</summary>
    private static readonly (string C, int Size, (string Member, int Offset)[] Members)[] Layouts =
    [
        Selector(),
        ("xfrm_id", Unsafe.SizeOf<IdLayout>(), [("daddr", Offset<IdLayout, XfrmAddress>(static (ref l) => ref l.Destination)), ("proto", Offset<IdLayout, byte>(static (ref l) => ref l.Protocol))]),
        ("xfrm_usersa_id", Unsafe.SizeOf<SaIdLayout>(), [("family", Offset<SaIdLayout, ushort>(static (ref l) => ref l.Family)), ("proto", Offset<SaIdLayout, byte>(static (ref l) => ref l.Protocol))]),
        SaInfo(),
        Policy(),
        ("xfrm_userpolicy_id", Unsafe.SizeOf<PolicyIdLayout>(), [("index", Offset<PolicyIdLayout, uint>(static (ref l) => ref l.Index)), ("dir", Offset<PolicyIdLayout, byte>(static (ref l) => ref l.Direction))]),
        Template(),
        ("xfrm_encap_tmpl", Unsafe.SizeOf<EncapsulationLayout>(), [("encap_type", Offset<EncapsulationLayout, ushort>(static (ref l) => ref l.Type)), ("encap_oa", Offset<EncapsulationLayout, XfrmAddress>(static (ref l) => ref l.OriginalAddress))]),
        ("xfrm_aevent_id", Unsafe.SizeOf<EventIdLayout>(), [("saddr", Offset<EventIdLayout, XfrmAddress>(static (ref l) => ref l.Source)), ("flags", Offset<EventIdLayout, uint>(static (ref l) => ref l.Flags)), ("reqid", Offset<EventIdLayout, uint>(static (ref l) => ref l.RequestId))]),
        ("xfrm_replay_state", Unsafe.SizeOf<ReplayLayout>(), [("bitmap", Offset<ReplayLayout, uint>(static (ref l) => ref l.Bitmap))]),
        ("xfrm_replay_state_esn", Unsafe.SizeOf<EsnReplayLayout>(), [("oseq_hi", Offset<EsnReplayLayout, uint>(static (ref l) => ref l.OutboundHigh)), ("replay_window", Offset<EsnReplayLayout, uint>(static (ref l) => ref l.Window))]),
        ("xfrm_lifetime_cur", Unsafe.SizeOf<LifetimeLayout>(), [("use_time", Offset<LifetimeLayout, ulong>(static (ref l) => ref l.UseTime))]),
        ("xfrm_lifetime_cfg", Unsafe.SizeOf<LifetimeLimitsLayout>(), [("hard_use_expires_seconds", Offset<LifetimeLimitsLayout, ulong>(static (ref l) => ref l.HardUseSeconds))]),
        ("xfrm_user_expire", Unsafe.SizeOf<ExpireLayout>(), [("hard", Offset<ExpireLayout, byte>(static (ref l) => ref l.Hard))]),
        ("xfrm_userpolicy_type", Unsafe.SizeOf<PolicyTypeLayout>(), [("type", Offset<PolicyTypeLayout, byte>(static (ref l) => ref l.Type))]),
        ("xfrm_mark", Unsafe.SizeOf<XfrmMark>(), []),
    ];

    private delegate ref TField Field<TLayout, TField>(ref TLayout layout);

    [Theory]
    [InlineData("xfrm_selector", 56)]
    [InlineData("xfrm_id", 24)]
    [InlineData("xfrm_usersa_id", 24)]
    [InlineData("xfrm_usersa_info", 224)]
    [InlineData("xfrm_userpolicy_info", 168)]
    [InlineData("xfrm_userpolicy_id", 64)]
    [InlineData("xfrm_user_tmpl", 64)]
    [InlineData("xfrm_encap_tmpl", 24)]
    [InlineData("xfrm_aevent_id", 48)]
    [InlineData("xfrm_replay_state", 12)]
    [InlineData("xfrm_replay_state_esn", 24)]
    [InlineData("xfrm_lifetime_cur", 32)]
    public void A_structure_is_as_long_as_in_the_kernel(string structure, int size) => Assert.Equal(size, Layouts.Single(layout => layout.C == structure).Size);

    [Theory]
    [InlineData("xfrm_selector", "dport", 32)]
    [InlineData("xfrm_selector", "dport_mask", 34)]
    [InlineData("xfrm_selector", "sport", 36)]
    [InlineData("xfrm_selector", "family", 40)]
    [InlineData("xfrm_selector", "prefixlen_d", 42)]
    [InlineData("xfrm_selector", "prefixlen_s", 43)]
    [InlineData("xfrm_selector", "proto", 44)]
    [InlineData("xfrm_selector", "ifindex", 48)]
    [InlineData("xfrm_selector", "user", 52)]
    [InlineData("xfrm_usersa_id", "family", 20)]
    [InlineData("xfrm_usersa_id", "proto", 22)]
    [InlineData("xfrm_usersa_info", "id", 56)]
    [InlineData("xfrm_usersa_info", "saddr", 80)]
    [InlineData("xfrm_usersa_info", "lft", 96)]
    [InlineData("xfrm_usersa_info", "curlft", 160)]
    [InlineData("xfrm_usersa_info", "stats", 192)]
    [InlineData("xfrm_usersa_info", "reqid", 208)]
    [InlineData("xfrm_usersa_info", "family", 212)]
    [InlineData("xfrm_usersa_info", "mode", 214)]
    [InlineData("xfrm_usersa_info", "replay_window", 215)]
    [InlineData("xfrm_usersa_info", "flags", 216)]
    [InlineData("xfrm_userpolicy_info", "lft", 56)]
    [InlineData("xfrm_userpolicy_info", "curlft", 120)]
    [InlineData("xfrm_userpolicy_info", "priority", 152)]
    [InlineData("xfrm_userpolicy_info", "index", 156)]
    [InlineData("xfrm_userpolicy_info", "dir", 160)]
    [InlineData("xfrm_userpolicy_info", "action", 161)]
    public void A_member_is_where_it_is_in_the_kernel(string structure, string member, int offset) =>
        Assert.Equal(offset, Layouts.Single(layout => layout.C == structure).Members.Single(each => each.Member == member).Offset);

    [Fact]
    public void The_structure_that_moves_an_SA_is_132_octets_and_ends_with_the_family()
    {
        Assert.Equal(132, Unsafe.SizeOf<MigrateStateLayout>());
        Assert.Equal(64, Offset<MigrateStateLayout, SelectorLayout>(static (ref l) => ref l.NewSelector));
        Assert.Equal(120, Offset<MigrateStateLayout, uint>(static (ref l) => ref l.NewRequestId));
        Assert.Equal(128, Offset<MigrateStateLayout, ushort>(static (ref l) => ref l.NewFamily));
    }

    [Fact]
    public void Netlink_and_rtnetlink_headers_are_as_long_as_in_the_kernel()
    {
        Assert.Equal(NetlinkHeader.Size, Unsafe.SizeOf<NetlinkHeader>());
        Assert.Equal(12, Unsafe.SizeOf<NetlinkAddress>());
        Assert.Equal(8, Unsafe.SizeOf<AddressLayout>());
        Assert.Equal(16, Unsafe.SizeOf<LinkLayout>());
    }

    [CompilerFact]
    public void A_compiler_lays_the_structures_out_the_same_way()
    {
        List<string> prints = [];
        List<string> expected = [];
        foreach ((string c, int size, (string Member, int Offset)[] members) in Layouts)
        {
            prints.Add($"printf(\"{c} %zu\\n\", sizeof(struct {c}));");
            expected.Add($"{c} {size}");
            foreach ((string member, int offset) in members)
            {
                prints.Add($"printf(\"{c}.{member} %zu\\n\", offsetof(struct {c}, {member}));");
                expected.Add($"{c}.{member} {offset}");
            }
        }

        Assert.Equal(expected, Compile(prints));
    }

    private static (string, int, (string, int)[]) Selector() => ("xfrm_selector", Unsafe.SizeOf<SelectorLayout>(),
    [
        ("daddr", Offset<SelectorLayout, XfrmAddress>(static (ref l) => ref l.Destination)),
        ("saddr", Offset<SelectorLayout, XfrmAddress>(static (ref l) => ref l.Source)),
        ("dport", Offset<SelectorLayout, ushort>(static (ref l) => ref l.DestinationPort)),
        ("dport_mask", Offset<SelectorLayout, ushort>(static (ref l) => ref l.DestinationPortMask)),
        ("sport", Offset<SelectorLayout, ushort>(static (ref l) => ref l.SourcePort)),
        ("sport_mask", Offset<SelectorLayout, ushort>(static (ref l) => ref l.SourcePortMask)),
        ("family", Offset<SelectorLayout, ushort>(static (ref l) => ref l.Family)),
        ("prefixlen_d", Offset<SelectorLayout, byte>(static (ref l) => ref l.DestinationLength)),
        ("prefixlen_s", Offset<SelectorLayout, byte>(static (ref l) => ref l.SourceLength)),
        ("proto", Offset<SelectorLayout, byte>(static (ref l) => ref l.Protocol)),
        ("ifindex", Offset<SelectorLayout, int>(static (ref l) => ref l.Interface)),
        ("user", Offset<SelectorLayout, uint>(static (ref l) => ref l.User)),
    ]);

    private static (string, int, (string, int)[]) SaInfo() => ("xfrm_usersa_info", Unsafe.SizeOf<SaInfoLayout>(),
    [
        ("sel", Offset<SaInfoLayout, SelectorLayout>(static (ref l) => ref l.Selector)),
        ("id", Offset<SaInfoLayout, IdLayout>(static (ref l) => ref l.Id)),
        ("saddr", Offset<SaInfoLayout, XfrmAddress>(static (ref l) => ref l.Source)),
        ("lft", Offset<SaInfoLayout, LifetimeLimitsLayout>(static (ref l) => ref l.Limits)),
        ("curlft", Offset<SaInfoLayout, LifetimeLayout>(static (ref l) => ref l.Lifetime)),
        ("stats", Offset<SaInfoLayout, StatisticsLayout>(static (ref l) => ref l.Statistics)),
        ("seq", Offset<SaInfoLayout, uint>(static (ref l) => ref l.Sequence)),
        ("reqid", Offset<SaInfoLayout, uint>(static (ref l) => ref l.RequestId)),
        ("family", Offset<SaInfoLayout, ushort>(static (ref l) => ref l.Family)),
        ("mode", Offset<SaInfoLayout, byte>(static (ref l) => ref l.Mode)),
        ("replay_window", Offset<SaInfoLayout, byte>(static (ref l) => ref l.ReplayWindow)),
        ("flags", Offset<SaInfoLayout, byte>(static (ref l) => ref l.Flags)),
    ]);

    private static (string, int, (string, int)[]) Policy() => ("xfrm_userpolicy_info", Unsafe.SizeOf<PolicyInfoLayout>(),
    [
        ("lft", Offset<PolicyInfoLayout, LifetimeLimitsLayout>(static (ref l) => ref l.Limits)),
        ("curlft", Offset<PolicyInfoLayout, LifetimeLayout>(static (ref l) => ref l.Lifetime)),
        ("priority", Offset<PolicyInfoLayout, uint>(static (ref l) => ref l.Priority)),
        ("index", Offset<PolicyInfoLayout, uint>(static (ref l) => ref l.Index)),
        ("dir", Offset<PolicyInfoLayout, byte>(static (ref l) => ref l.Direction)),
        ("action", Offset<PolicyInfoLayout, byte>(static (ref l) => ref l.Action)),
        ("flags", Offset<PolicyInfoLayout, byte>(static (ref l) => ref l.Flags)),
        ("share", Offset<PolicyInfoLayout, byte>(static (ref l) => ref l.Share)),
    ]);

    private static (string, int, (string, int)[]) Template() => ("xfrm_user_tmpl", Unsafe.SizeOf<TemplateLayout>(),
    [
        ("family", Offset<TemplateLayout, ushort>(static (ref l) => ref l.Family)),
        ("saddr", Offset<TemplateLayout, XfrmAddress>(static (ref l) => ref l.Source)),
        ("reqid", Offset<TemplateLayout, uint>(static (ref l) => ref l.RequestId)),
        ("mode", Offset<TemplateLayout, byte>(static (ref l) => ref l.Mode)),
        ("aalgos", Offset<TemplateLayout, uint>(static (ref l) => ref l.AuthenticationAlgorithms)),
        ("calgos", Offset<TemplateLayout, uint>(static (ref l) => ref l.CompressionAlgorithms)),
    ]);

    private static int Offset<TLayout, TField>(Field<TLayout, TField> field)
        where TLayout : unmanaged
    {
        TLayout layout = default;
        return (int)Unsafe.ByteOffset(ref Unsafe.As<TLayout, byte>(ref layout), ref Unsafe.As<TField, byte>(ref field(ref layout)));
    }

    private static string[] Compile(IEnumerable<string> prints)
    {
        string folder = Directory.CreateTempSubdirectory("mobikex-layouts.").FullName;
        try
        {
            string source = Path.Combine(folder, "layouts.c"), program = Path.Combine(folder, "layouts");
            File.WriteAllText(source, $"#include <stddef.h>\n#include <stdio.h>\n#include <linux/xfrm.h>\nint main(void) {{\n{string.Join('\n', prints)}\nreturn 0;\n}}\n");
            Run(CompilerFactAttribute.Compiler!, source, "-o", program);
            return Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

/// <summary>A test that needs a C compiler and the kernel's headers; skipped where there are none, and says so.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        if (Compiler is null || !File.Exists("/usr/include/linux/xfrm.h"))
        {
            Skip = "needs a C compiler and linux/xfrm.h (packages gcc or clang, and linux-libc-dev)";
        }
    }

    public static string? Compiler { get; } = Find();

    private static string? Find() =>
        (from name in (string[])["cc", "gcc", "clang"] from folder in (string[])["/usr/bin", "/usr/local/bin"] select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
