using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Exchange;

namespace Aiops.Tests.Cli;

public sealed class KbCommandTests : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task What_was_exported_here_is_imported_there_and_importing_it_again_changes_nothing()
    {
        await ImportTwoAsync();
        await AddAsync("pool.md", "# Pools\n\nCap the pool.");
        (await JsonAsync("kb", "export", Path("out"), "--json"))["exported"]!.GetValue<int>().ShouldBe(3);
        var exported = Files("out");
        exported.Keys.ShouldBe(["cases/INC-1.md", "cases/INC-2.md", "documents/pool.md"]);
        using CommandRun there = new();
        JsonNode.Parse((await there.RunAsync("kb", "import", Path("out"), "--json")).Output)!["imported"]!.GetValue<int>().ShouldBe(3);
        JsonNode.Parse((await there.RunAsync("kb", "import", Path("out"), "--json")).Output)!["imported"]!.GetValue<int>().ShouldBe(0);
        await there.RunAsync("kb", "export", Path("again"));
        Files("again").ShouldBe(exported);
    }

    [Fact]
    public async Task A_case_can_be_found_shown_revised_and_taken_back_and_its_history_says_so()
    {
        await ImportTwoAsync();
        var hit = (await JsonAsync("kb", "search", "pool exhausted", "--json")).AsArray().ShouldHaveSingleItem()!;
        (hit["id"]!.GetValue<string>(), hit["textRank"]!.GetValue<int>()).ShouldBe(("INC-1", 1));
        hit["terms"]!.AsArray().Count.ShouldBe(2);
        (await JsonAsync("kb", "search", "--like", "INC-2", "--json")).AsArray().ShouldHaveSingleItem()!["because"]!.AsArray().Count.ShouldBeGreaterThan(1);
        (await command.RunAsync("kb", "show", "INC-1")).Output.ShouldContain("corrected by kim");
        (await JsonAsync("kb", "revise", "INC-1", "--cause", "the lock", "--json"))["version"]!.GetValue<int>().ShouldBe(2);
        (await command.RunAsync("kb", "revoke", "INC-1")).ExitCode.ShouldBe(0);
        (await JsonAsync("kb", "history", "INC-1", "--json")).AsArray().Select(one => one!["status"]!.GetValue<string>()).ShouldBe(["superseded", "superseded", "revoked"]);
        (await JsonAsync("kb", "search", "lock", "--json")).AsArray().ShouldBeEmpty();
        (await JsonAsync("kb", "list", "--json")).AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_taken_back_is_gone_from_the_next_export_and_a_strangers_file_stays()
    {
        await ImportTwoAsync();
        await command.RunAsync("kb", "export", Path("out"));
        Write("out/cases/README.md", "ours");
        await command.RunAsync("kb", "revoke", "INC-1");
        await command.RunAsync("kb", "export", Path("out"));
        Files("out").Keys.ShouldBe(["cases/INC-2.md", "cases/README.md"]);
    }

    [Fact]
    public async Task What_changed_here_since_the_export_is_named_and_overwritten_only_where_that_is_asked_for()
    {
        await ImportTwoAsync();
        await command.RunAsync("kb", "export", Path("out"));
        await command.RunAsync("kb", "revise", "INC-1", "--cause", "the lock");
        await command.RunAsync("kb", "revoke", "INC-2");
        var (exitCode, _, error) = await command.RunAsync("kb", "import", Path("out"));
        exitCode.ShouldBe(3);
        error.ShouldContain("INC-1 is of version 2 here");
        error.ShouldContain("INC-2 was taken back here");
        (await JsonAsync("kb", "show", "INC-1", "--json"))["case"]!["cause"]!.GetValue<string>().ShouldBe("the lock");
        (await JsonAsync("kb", "import", Path("out"), "--replace", "--json"))["imported"]!.GetValue<int>().ShouldBe(2);
        (await JsonAsync("kb", "show", "INC-1", "--json"))["case"]!["cause"]!.GetValue<string>().ShouldBe("the pool was exhausted");
    }

    [Fact]
    public async Task An_edit_in_the_file_is_a_new_version_here()
    {
        await ImportTwoAsync();
        await command.RunAsync("kb", "export", Path("out"));
        Write("out/cases/INC-1.md", File.ReadAllText(Path("out/cases/INC-1.md")).Replace("the pool was exhausted", "the disk was full", StringComparison.Ordinal));
        (await JsonAsync("kb", "import", Path("out"), "--json"))["imported"]!.GetValue<int>().ShouldBe(1);
        (await JsonAsync("kb", "show", "INC-1", "--json"))["version"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task One_bad_file_keeps_all_out_and_is_named_with_its_line()
    {
        Write("in/a.md", CaseFile.Write(Case("INC-1"), 1));
        Write("in/b.md", CaseFile.Write(Case("INC-2"), 1).Replace("verdict: corrected", "verdict: maybe", StringComparison.Ordinal));
        Write("in/c.md", CaseFile.Write(Case("INC-1"), 1));
        var (exitCode, _, error) = await command.RunAsync("kb", "import", Path("in"));
        exitCode.ShouldBe(3);
        error.Replace("\n", "", StringComparison.Ordinal).ShouldContain("b.md:5:");
        error.ShouldContain("holds the case INC-1 as well");
        (await JsonAsync("kb", "list", "--json")).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Runbooks_are_added_once_found_by_section_and_removed()
    {
        Write("books/db/pool.md", "---\ntitle: Database pools\n---\n# When full\n\nCap the reporting job.\n");
        Write("books/notes.txt", "left alone");
        (await JsonAsync("kb", "add", Path("books"), "--json"))["added"]!.GetValue<int>().ShouldBe(1);
        (await JsonAsync("kb", "add", Path("books"), "--json"))["added"]!.GetValue<int>().ShouldBe(0);
        var hit = (await JsonAsync("kb", "search", "reporting", "job", "--json")).AsArray().ShouldHaveSingleItem()!;
        (hit["id"]!.GetValue<string>(), hit["title"]!.GetValue<string>(), hit["heading"]!.GetValue<string>()).ShouldBe(("db/pool.md", "Database pools", "When full"));
        (await command.RunAsync("kb", "remove", "db/pool.md")).ExitCode.ShouldBe(0);
        (await JsonAsync("kb", "search", "reporting", "--json")).AsArray().ShouldBeEmpty();
        (await JsonAsync("kb", "documents", "--json")).AsArray().ShouldHaveSingleItem()!["status"]!.GetValue<string>().ShouldBe("revoked");
    }

    [Fact]
    public async Task A_hostile_runbook_is_shown_and_does_nothing()
    {
        await AddAsync("evil.md", "# [red]markup[/] {0}\n\nzebra <script>alert(1)</script> \u001b[2J [bold]x password=hunter2Zq9xK1");
        var (exitCode, output, _) = await command.RunAsync("kb", "search", "zebra");
        exitCode.ShouldBe(0);
        output.ShouldContain("[red]markup[/] {0}");
        output.ShouldContain("<script>");
        output.ShouldNotContain("\u001b");
        output.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(4, "kb", "show", "INC-9")]
    [InlineData(4, "kb", "history", "INC-9")]
    [InlineData(4, "kb", "revoke", "INC-9")]
    [InlineData(4, "kb", "revise", "INC-9", "--cause", "x")]
    [InlineData(2, "kb", "revise", "INC-9")]
    [InlineData(4, "kb", "remove", "x.md")]
    [InlineData(4, "kb", "import", "no-such-folder")]
    [InlineData(4, "kb", "add", "no-such-folder")]
    [InlineData(2, "kb", "search")]
    [InlineData(2, "kb", "search", "x", "--most", "101")]
    [InlineData(0, "kb", "search", "x", "--most", "100")]
    [InlineData(4, "kb", "search", "--like", "INC-9")]
    public async Task What_is_not_there_or_makes_no_sense_is_said(int exitCode, params string[] arguments)
        => (await command.RunAsync(arguments)).ExitCode.ShouldBe(exitCode);

    private static PastCase Case(string id) => new(
        id, $"checkout fails for {id}", DateTimeOffset.UnixEpoch, new IncidentFingerprint(IncidentKind.Errors, ["checkout"], [], ["5xx"], []),
        id == "INC-1" ? "the pool was exhausted" : "a certificate ran out", "orders-db", ["restart"])
    {
        Verdict = Verdict.Corrected,
        Reviewer = "kim",
    };

    private async Task ImportTwoAsync()
    {
        Write("in/a.md", CaseFile.Write(Case("INC-1"), 1));
        Write("in/b.md", CaseFile.Write(Case("INC-2"), 1));
        (await JsonAsync("kb", "import", Path("in"), "--json"))["imported"]!.GetValue<int>().ShouldBe(2);
    }

    private async Task AddAsync(string name, string text)
    {
        Write(name, text);
        (await command.RunAsync("kb", "add", Path(name))).ExitCode.ShouldBe(0);
    }

    private string Path(string name) => System.IO.Path.Combine(command.Folder, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    private SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(Path(folder), "*.md", SearchOption.AllDirectories)
            .ToDictionary(file => System.IO.Path.GetRelativePath(Path(folder), file), File.ReadAllText), StringComparer.Ordinal);

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await command.RunAsync(arguments);
        exitCode.ShouldBe(0, output + error);
        return JsonNode.Parse(output)!;
    }
}
