using Aiops.Ask.Data;

namespace Aiops.Ask.Tests.Data;

public sealed class GrownMemoryTests
{
    private (long All, long Managed) now = (1_000, 400);

    [Fact]
    public void What_dotnet_takes_or_gives_back_is_not_what_a_statement_grew_by()
    {
        GrownMemory memory = new(() => now);
        memory.Begin();
        now = (1_700, 500);
        memory.Bytes.ShouldBe(600);
        now = (1_300, 100); // 300 given back hide nothing of the statement's 600.
        memory.Bytes.ShouldBe(600);
    }

    [Fact]
    public void Those_that_run_side_by_side_are_measured_from_where_the_first_began()
    {
        GrownMemory memory = new(() => now);
        memory.Begin();
        now = (1_200, 400);
        memory.Begin();
        memory.Bytes.ShouldBe(200);
        memory.End();
        now = (1_300, 400);
        memory.Bytes.ShouldBe(300);
    }

    [Fact]
    public void What_one_that_was_left_behind_holds_is_not_laid_to_the_next()
    {
        GrownMemory memory = new(() => now);
        memory.Begin();
        now = (5_000, 400);
        memory.End();
        memory.Begin();
        memory.Bytes.ShouldBe(0);
        now = (5_100, 400);
        memory.Bytes.ShouldBe(100);
    }
}
