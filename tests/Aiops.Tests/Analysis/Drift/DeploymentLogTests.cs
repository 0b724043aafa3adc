using Aiops.Analysis.Drift;

namespace Aiops.Tests.Analysis.Drift;

public class DeploymentLogTests
{
    private readonly DeploymentLog log = new();

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "a")]
    [InlineData(19, "a")]
    [InlineData(20, "c")] // Two at once: the later one runs.
    [InlineData(99, "c")]
    public void A_measurement_ran_with_the_last_deployment_up_to_it(long position, string? name)
    {
        Add((10, "a"), (20, "b"), (20, "c"));
        log.At(position)?.Name.ShouldBe(name);
        (log.At(position) is null).ShouldBe(name is null);
    }

    [Theory]
    [InlineData(0, 9, "")]
    [InlineData(0, 10, "a")]
    [InlineData(10, 19, "a")]
    [InlineData(15, 20, "a b")] // It began under the one, and may have begun with the other.
    [InlineData(20, 35, "b c")]
    [InlineData(30, 30, "c")]
    public void Between_two_measurements_lies_what_they_ran_with(long first, long last, string names)
    {
        Add((10, "a"), (20, "b"), (30, "c"));
        string.Join(' ', log.Between(first, last).Select(deployment => deployment.Name)).ShouldBe(names);
    }

    [Fact]
    public void Only_the_latest_deployments_are_kept()
    {
        log.IsEmpty.ShouldBeTrue();
        const int Kept = 2 * Regime.Capacity;
        Add([.. Enumerable.Range(0, Kept).Select(i => ((long)i, $"{i}"))]);
        log.At(0)!.Name.ShouldBe("0");
        Add((Kept, "new"));
        log.At((Kept / 2) - 1).ShouldBeNull();
        log.At(Kept / 2)!.Name.ShouldBe($"{Kept / 2}");
        log.At(Kept)!.Name.ShouldBe("new");
        log.IsEmpty.ShouldBeFalse();
    }

    private void Add(params (long Position, string Name)[] deployments)
    {
        foreach (var (position, name) in deployments)
        {
            log.Add(new Deployment(position, name));
        }
    }
}
