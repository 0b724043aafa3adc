namespace Aiops.Accuracy;

/// <summary>One question about accuracy, asked of our engine and of its peers on the same cases in the same process.</summary>
internal interface ISuite
{
    /// <summary>As the command calls it: <c>petshop</c>, <c>nab</c>, …</summary>
    string Name { get; }

    /// <summary>What it asks, in one line for the help.</summary>
    string Question { get; }

    /// <exception cref="MissingDataException">The folder doesn't hold this suite's data.</exception>
    Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken);
}

/// <summary>What a suite is given.</summary>
/// <param name="DataFolder">In the layout of this suite's public data set; any number of cases.</param>
internal sealed record SuiteRun(string DataFolder)
{
    /// <summary>Where plots go, as SVG; null for none.</summary>
    public string? PlotFolder { get; init; }

    /// <summary>Where result files in NAB's form go; null for none. Other suites ignore it.</summary>
    public string? DetectionsFolder { get; init; }

    /// <summary>A few cases and repetitions only, for the test run; the figures then have wider intervals.</summary>
    public bool Short { get; init; }
}

/// <summary>The data isn't there, or not in its layout. The message names the folder and what was expected in it.</summary>
internal sealed class MissingDataException(string message) : Exception(message);
