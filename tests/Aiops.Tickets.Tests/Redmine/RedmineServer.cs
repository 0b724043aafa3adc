using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Aiops.PortTests.Running;

namespace Aiops.Tickets.Tests.Redmine;

/// <summary>
/// A real Redmine, as Debian packages it, with a database and files of its own in a temporary folder; on 127.0.0.1 and a free
/// port. <c>tests/redmine/install.sh</c> installs it.
/// </summary>
public sealed class RedmineServer : IAsyncLifetime
{
    private const string Home = "/usr/share/redmine";
    private const string Installed = "/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default";
    private const string KeyPrefix = "0123456789abcdef0123456789abcdef0123"; // Redmine's keys are long; these open nothing else.

    private static readonly TimeSpan PreparesWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    private readonly string folder = Directory.CreateTempSubdirectory("aiops-redmine-").FullName;
    private readonly int port = FreePort();
    private Process? puma;

    public string Url => $"http://127.0.0.1:{port}/";

    /// <summary>The id of a custom field that may hold our key.</summary>
    public int Field { get; private set; }

    public static bool IsInstalled => Directory.Exists(Home) && File.Exists("/usr/bin/puma");

    /// <summary>The API key of <c>bot</c>, <c>kim</c> or <c>anna</c>.</summary>
    public static string KeyOf(string login) => KeyPrefix + login;

    public async Task InitializeAsync()
    {
        if (new NeedsRedmineAttribute().ReasonToSkip is not null)
        {
            return; // Nothing that would use it runs.
        }

        foreach (var name in (string[])["config", "db", "files", "log", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        var database = Path.Combine(folder, "db", "redmine.sqlite3");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "config", "database.yml"), $"production:\n  adapter: sqlite3\n  database: {database}\n  encoding: utf8\n  timeout: 20000\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "config", "secret_key.txt"), new string('5', 64));
        if (!Copied(Installed, database))
        {
            await RunAsync("bin/rails", "db:migrate");
        }

        var said = await RunAsync("bin/rails", "runner", Path.Combine(TestFolder(), "..", "..", "redmine", "prepare.rb"));
        Field = int.Parse(said.Split("custom field ")[1].Split('\n')[0]);
        await StartAsync();
    }

    public Task DisposeAsync()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts it on the port it had, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        // Processes, not threads: one that waits for SQLite's lock keeps Ruby's, so that the thread that holds SQLite's can't go on (sqlite3 1.4).
        puma = Process.Start(Command("puma", "-e", "production", "--preload", "-w", "3", "-t", "1:1", "-b", $"tcp://127.0.0.1:{port}", "config.ru"))!;
        puma.OutputDataReceived += (_, _) => { };
        puma.ErrorDataReceived += (_, _) => { };
        puma.BeginOutputReadLine();
        puma.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Add("X-Redmine-API-Key", KeyOf("bot"));
        using var patience = new CancellationTokenSource(StartsWithin, TimeProvider.System);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("users/current.json", patience.Token);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
                return;
            }
            catch (HttpRequestException) when (!puma.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
        }
    }

    /// <summary>SIGKILL, whatever it is at.</summary>
    public void Kill()
    {
        puma?.Kill(entireProcessTree: true);
        puma?.WaitForExit();
        puma?.Dispose();
        puma = null;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        using var patience = new CancellationTokenSource(PreparesWithin, TimeProvider.System);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program.Contains('/') ? Path.Combine(Home, program) : program, arguments)
        {
            WorkingDirectory = Home,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RAILS_ENV"] = "production";
        start.Environment["AIOPS_TEST_KEY_PREFIX"] = KeyPrefix;

        // Debian's Redmine keeps several sites, each in a folder of its name: one of this name is our folder.
        start.Environment["X_DEBIAN_SITEID"] = string.Concat(Enumerable.Repeat("../", 12)) + folder.TrimStart('/');
        return start;
    }

    /// <summary>The empty database that the package made, where we may read it.</summary>
    private static bool Copied(string from, string to)
    {
        try
        {
            File.Copy(from, to);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string TestFolder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}

/// <summary>Its tests need a Redmine to start.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRedmineAttribute : NeedsAttribute
{
    public override string? ReasonToSkip => RequireAll || RedmineServer.IsInstalled ? null : "needs tests/redmine/install.sh";
}

/// <summary>One server for all of its tests, one class at a time, for one of them kills it.</summary>
[CollectionDefinition("Redmine")]
public sealed class RedmineCollection : ICollectionFixture<RedmineServer>;
