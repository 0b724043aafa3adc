using System.Globalization;
using Aiops.Accuracy.Figures;
using Spectre.Console;

namespace Aiops.Accuracy.Output;

/// <summary>A table for people: a row a method, a column a figure, the interval below it.</summary>
internal static class TableOutput
{
    public static void Write(IAnsiConsole console, SuiteReport report, TimeSpan elapsed, double peakMegabytes)
    {
        console.MarkupLineInterpolated($"[bold]{report.Suite}[/]: {report.Cases} cases");
        FigureSet[] rows =
        [
            report.Ours, .. report.Ours.Groups.Select(group => group.Figures), .. report.Peers.Select(peer => peer.Figures),
        ];
        List<string> columns = [.. rows.SelectMany(row => row.Figures).Select(figure => figure.Key).Distinct()]; // Ours first.
        var table = new Table().Border(TableBorder.Rounded).AddColumn("method");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        AddRow(table, columns, "ours", report.Ours, bold: true);
        foreach (var (name, group) in report.Ours.Groups)
        {
            AddRow(table, columns, $"  {name}", group, bold: false);
        }

        foreach (var (name, peer) in report.Peers)
        {
            AddRow(table, columns, name, peer, bold: false);
        }

        console.Write(table);
        foreach (var note in report.Notes)
        {
            console.MarkupLineInterpolated($"note: {note}");
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s, peak {peakMegabytes:0} MB");
    }

    private static void AddRow(Table table, List<string> columns, string name, FigureSet figures, bool bold)
    {
        List<Markup> cells = [new Markup(Markup.Escape(name), bold ? new Style(decoration: Decoration.Bold) : null)];
        foreach (var column in columns)
        {
            var found = figures.Figures.Where(figure => figure.Key == column).Select(figure => (Figure?)figure.Figure).FirstOrDefault();
            cells.Add(new Markup(Markup.Escape(found is { } figure ? Text(figure) : "")));
        }

        table.AddRow(cells);
    }

    private static string Text(Figure figure)
    {
        var value = Number(figure.Value);
        return figure.Interval is var (low, high) ? $"{value}\n{Number(low)}–{Number(high)}" : value;
    }

    private static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => "–",
        >= 1_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
