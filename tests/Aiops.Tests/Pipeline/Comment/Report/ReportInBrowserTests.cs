using System.Diagnostics;
using Aiops.Pipeline.Comment.Report;
using Aiops.Pipeline.Masking;

namespace Aiops.Tests.Pipeline.Comment.Report;

/// <summary>The report as a real browser opens it, from a file, offline.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [FactNeeding(Need.Chromium)]
    public async Task The_page_is_laid_out_with_its_own_style_and_every_section_has_a_heading()
    {
        var dom = await RunAsync(Write(), "--dump-dom");
        foreach (var section in new[] { "causes", "actions", "timeline", "topology", "metrics", "logs", "evidence" })
        {
            dom.ShouldContain($"id=\"{section}-title\"");
        }

        dom.ShouldNotContain("<script");
    }

    [FactNeeding(Need.Chromium)]
    public async Task A_phone_gets_a_picture_of_it_too()
    {
        var picture = folder.File("phone.png");
        await RunAsync(Write(), "--window-size=390,2000", $"--screenshot={picture}");
        new FileInfo(picture).Length.ShouldBeGreaterThan(20_000, "an empty page of this size has about 10 kB");
    }

    private Uri Write()
    {
        var page = folder.File("report.html");
        File.WriteAllText(page, ReportRenderer.Render(SampleReport.Report, SecretMask.Mask));
        return new Uri(page);
    }

    private async Task<string> RunAsync(Uri page, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var browser = Process.Start(new ProcessStartInfo(
            "/usr/bin/chromium", [.. Quiet, $"--user-data-dir={folder.File("profile")}", .. arguments, page.AbsoluteUri])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = browser.StandardError.ReadToEndAsync(limit.Token);
            var output = await browser.StandardOutput.ReadToEndAsync(limit.Token);
            await browser.WaitForExitAsync(limit.Token);
            browser.ExitCode.ShouldBe(0, await errors);
            return output;
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
            }
        }
    }
}
