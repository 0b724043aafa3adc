using Aiops.Accuracy;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;
using Spectre.Console;

namespace Aiops.Tests.Accuracy.Output;

public class TableOutputTests
{
    [Fact]
    public void What_only_a_group_or_a_peer_has_is_a_column_after_ours()
    {
        var ours = new FigureSet().Add("first", 0.25).AddGroup("part", new FigureSet().Add("ofPart", 0.5).Add("first", 0.125));
        var report = new SuiteReport("any", 1, ours) { Peers = [("peer", new FigureSet().Add("ofPeer", 0.75))] };
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;

        TableOutput.Write(console, report, TimeSpan.FromSeconds(1), 2);

        var lines = text.ToString().Split('\n');
        Cells(lines, "method").ShouldBe(["method", "first", "ofPart", "ofPeer"]);
        Cells(lines, "part").ShouldBe(["part", "0.125", "0.500", ""]);
        Cells(lines, "peer").ShouldBe(["peer", "", "", "0.750"]);
    }

    private static string[] Cells(string[] lines, string row)
        => lines.Select(line => line.Split('│', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 2 && cells[1] == row)
            .ShouldHaveSingleItem()[1..^1];
}
