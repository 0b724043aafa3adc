using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>
/// Every sample in <c>events/</c> gives what its folder's approved file says of it. A sample that no approved file knows
/// fails, and so does an approval without its sample.
/// </summary>
public class SampleEventsTests
{
    public static TheoryData<string> Samples() => [.. SampleEvents.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_gives_what_was_approved_for_it(string sample)
    {
        var printed = Approved.Print(new EventReader().Read(SampleEvents.Bytes(sample)));

        Approved.Of(sample).ShouldBe(printed, $"approve in approved/{Path.GetDirectoryName(sample)}.txt, once it is right:\n== {sample}\n{printed}");
    }

    [Fact]
    public void Every_approval_has_its_sample() => Approved.Names().Order().ShouldBe(SampleEvents.Names.Order());

    [Fact]
    public void The_table_in_the_readme_names_every_sample()
    {
        var readme = File.ReadAllText(Path.Combine(TestPaths.Events, "README.md"));
        SampleEvents.Names.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void One_reader_serves_many_threads_with_the_same_answers()
    {
        var reader = new EventReader();
        var alone = SampleEvents.Names.ToDictionary(name => name, name => Approved.Print(reader.Read(SampleEvents.Bytes(name))));
        SampleEvents.Names.AsParallel().WithDegreeOfParallelism(2)
            .Where(name => Approved.Print(reader.Read(SampleEvents.Bytes(name))) != alone[name])
            .ShouldBeEmpty();
    }
}
