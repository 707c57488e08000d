using System.Text.RegularExpressions;
using MobikeX.Cli.Requirements;
using RequirementEntry = MobikeX.Cli.Requirements.Requirement;

namespace MobikeX.Cli.Tests;

/// <summary>The list of what the draft demands, and its matrix with the tests.</summary>
public sealed partial class RequirementsTests
{
    // Put together here, so that a search for attributes in this file finds none.
    private const string Attribute = "[" + "Requirement(\"";

    private static string SpecFile => Path.Combine(Repository.Root, "spec", "requirements.yaml");

    private static string TestsFolder => Path.Combine(Repository.Root, "tests");

    [Fact]
    public void The_list_of_the_project_keeps_its_own_rules()
    {
        IReadOnlyList<RequirementEntry> requirements = RequirementsFile.Load(SpecFile);
        Assert.Equal(requirements.Count, requirements.Select(requirement => requirement.Id).Distinct().Count());
        Assert.All(requirements, requirement =>
        {
            Assert.Matches(SectionFourToTwelve(), requirement.Section);
            Assert.EndsWith(".", requirement.Text);
            Assert.All(requirement.Errata, erratum => Assert.Matches("^E[0-5][0-9]$", erratum));
        });
    }

    [Fact]
    public void The_sections_stand_in_the_order_of_the_draft()
    {
        int[][] sections = [.. RequirementsFile.Load(SpecFile).Select(requirement => requirement.Section.Split('.').Select(int.Parse).ToArray())];
        for (int i = 1; i < sections.Length; i++)
        {
            Assert.True(
                sections[i - 1].AsSpan().SequenceCompareTo(sections[i]) <= 0,
                $"{string.Join('.', sections[i])} stands behind {string.Join('.', sections[i - 1])}");
        }
    }

    [Fact]
    public void Every_requirement_that_binds_us_has_a_test_and_every_test_names_one_that_exists()
    {
        RequirementMatrix matrix = RequirementMatrix.Of(SpecFile, RequirementsFile.Load(SpecFile), TestScan.Of(TestsFolder));
        Assert.Empty(matrix.Faults);
    }

    [Fact]
    public void A_requirement_is_read_with_all_that_it_says()
    {
        RequirementEntry requirement = Assert.Single(Read(
            """
            sections: { "7.4": 1 }
            requirements:
              - { id: R-7.4-01, section: "7.4", level: MUST NOT, text: No., binds: deployment, scope: out, why: Because., errata: [E27, E28] }
            """));
        Assert.Equal("R-7.4-01", requirement.Id);
        Assert.Equal(RequirementLevel.MustNot, requirement.Level);
        Assert.Equal(RequirementBinding.Deployment, requirement.Binds);
        Assert.Equal("Because.", requirement.OutOfScope);
        Assert.Equal(["E27", "E28"], requirement.Errata);
        Assert.Equal(3, requirement.Line);
    }

    [Theory]
    [InlineData("id: R-8-02, section: \"8\", level: MUST, text: T., binds: implementation, scope: in", "r.yaml:3:11: the id of this place is R-8-01, found 'R-8-02'")]
    [InlineData("id: R-9-01, section: \"9\", level: MUST, text: T., binds: implementation, scope: in", "r.yaml:3:28: section 9 is not listed under 'sections'")]
    [InlineData("id: R-8-01, section: \"8\", level: MUSTN'T, text: T., binds: implementation, scope: in", "r.yaml:3:40: level has no value 'MUSTN'T'")]
    [InlineData("id: R-8-01, section: \"8\", level: MUST, text: T., binds: nobody, scope: in", "r.yaml:3:63: binds has no value 'nobody'")]
    [InlineData("id: R-8-01, section: \"8\", level: MUST, text: T., binds: implementation, scope: maybe", "r.yaml:3:86: scope has no value 'maybe'")]
    [InlineData("id: R-8-01, section: \"8\", level: MUST, text: T., binds: implementation, scope: out", "r.yaml:3:5: R-8-01 is out of scope and needs 'why'")]
    [InlineData("id: R-8-01, section: \"8\", level: MUST, text: T., binds: implementation, scope: in, why: W.", "r.yaml:3:5: R-8-01 is in scope and has a 'why'")]
    [InlineData("id: R-8-01, section: \"8\", levle: MUST, level: MUST, text: T., binds: implementation, scope: in", "r.yaml:3:33: a requirement has no key 'levle'; did you mean 'level'?")]
    [InlineData("id: R-8-01, section: \"8\", level: MUST, binds: implementation, scope: in", "r.yaml:3:5: a requirement needs 'text'")]
    public void A_fault_in_an_entry_is_named_with_its_place(string entry, string expected)
    {
        InputException wrong = Assert.Throws<InputException>(() => Read($"sections: {{ \"8\": 1 }}\nrequirements:\n  - {{ {entry} }}\n"));
        Assert.Contains(wrong.Lines, line => line.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_that_has_lost_a_requirement_is_named()
    {
        InputException wrong = Assert.Throws<InputException>(() => Read(
            """
            sections: { "8": 2 }
            requirements:
              - { id: R-8-01, section: "8", level: MUST, text: T., binds: implementation, scope: in }
            """));
        Assert.Equal(["r.yaml:1:13: section 8 has 2 requirements, 1 stand below"], wrong.Lines);
    }

    [Fact]
    public void Attributes_are_found_where_they_stand_as_such()
    {
        string source = $"""
            // {Attribute}R-1-01")] in a comment
            string text = "{Attribute}R-1-02\")]";
                {Attribute}R-7.4-03")]
            [Fact, {Attribute[1..]}R-8-01"), {Attribute[1..]}R-8-02")]
            """;
        Assert.Equal(
            ["R-7.4-03 A.cs:3", "R-8-01 A.cs:4", "R-8-02 A.cs:4"],
            TestScan.OfSource("A.cs", source).Select(reference => $"{reference.Id} {reference}"));
    }

    [Fact]
    public void The_key_of_a_scenario_is_found()
    {
        const string Text = "scenario: s\nrequirements: [R-8-01,\n  R-8-02]\nsteps: []\n";
        Assert.Equal(
            ["R-8-01 s.yaml:2", "R-8-02 s.yaml:3"],
            TestScan.OfScenario("s.yaml", Text).Select(reference => $"{reference.Id} {reference}"));
        Assert.Empty(TestScan.OfScenario("s.yaml", "scenario: s\n"));
        InputException wrong = Assert.Throws<InputException>(() => TestScan.OfScenario("s.yaml", "requirements: R-8-01\n"));
        Assert.Equal(["s.yaml:1:15: requirements is a list of ids"], wrong.Lines);
    }

    [Fact]
    public void What_has_to_be_shown_and_is_not_is_a_fault()
    {
        RequirementMatrix matrix = RequirementMatrix.Of("r.yaml", SomeOfEach(), [new("R-8-04", "A.cs", 7)]);
        Assert.Equal(
            [
                "r.yaml:3: R-8-01 (MUST) has no test",
                "r.yaml:5: R-8-03 (MUST NOT) has no test",
            ],
            matrix.Faults);
    }

    [Fact]
    public void A_test_that_names_what_does_not_exist_is_a_fault()
    {
        RequirementMatrix matrix = RequirementMatrix.Of(
            "r.yaml", SomeOfEach(), [new("R-8-01", "A.cs", 7), new("R-8-03", "A.cs", 9), new("R-8-03", "scenarios/s.yaml", 2), new("R-80-01", "B.cs", 1)]);
        Assert.Equal(["B.cs:1: no requirement has the id 'R-80-01'; did you mean 'R-8-01'?"], matrix.Faults);
        Assert.Equal(["A.cs:9", "scenarios/s.yaml:2"], matrix.Rows[2].Tests.Select(test => test.ToString()));
    }

    private static IReadOnlyList<RequirementEntry> SomeOfEach() => Read(
        """
        sections: { "8": 5 }
        requirements:
          - { id: R-8-01, section: "8", level: MUST, text: T., binds: implementation, scope: in }
          - { id: R-8-02, section: "8", level: MUST, text: T., binds: document, scope: in }
          - { id: R-8-03, section: "8", level: MUST NOT, text: T., binds: implementation, scope: in }
          - { id: R-8-04, section: "8", level: SHOULD, text: T., binds: implementation, scope: in }
          - { id: R-8-05, section: "8", level: MUST, text: T., binds: implementation, scope: out, why: W. }
        """);

    private static IReadOnlyList<RequirementEntry> Read(string text) => RequirementsFile.Read("r.yaml", text);

    [GeneratedRegex(@"^([4-9]|1[0-2])(\.\d+)*$")]
    private static partial Regex SectionFourToTwelve();
}
