using System.Runtime.InteropServices;
using System.Text.Json;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Tests.Library;

public sealed class DuckDbLibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-");

    // Of the packages that the lock names, as they were fetched for each platform.
    private static readonly (OSPlatform System, Architecture Processor, bool IsMusl, string Package, string File)[] Platforms =
    [
        (OSPlatform.Linux, Architecture.X64, false, "node-bindings-linux-x64", "libduckdb.so"),
        (OSPlatform.Linux, Architecture.Arm64, false, "node-bindings-linux-arm64", "libduckdb.so"),
        (OSPlatform.Linux, Architecture.X64, true, "node-bindings-linux-x64-musl", "libduckdb.so"),
        (OSPlatform.Linux, Architecture.Arm64, true, "node-bindings-linux-arm64-musl", "libduckdb.so"),
        (OSPlatform.OSX, Architecture.X64, false, "node-bindings-darwin-x64", "libduckdb.dylib"),
        (OSPlatform.OSX, Architecture.Arm64, false, "node-bindings-darwin-arm64", "libduckdb.dylib"),
        (OSPlatform.Windows, Architecture.X64, false, "node-bindings-win32-x64", "duckdb.dll"),
        (OSPlatform.Windows, Architecture.Arm64, false, "node-bindings-win32-arm64", "duckdb.dll"),
    ];

    private static string FileName => DuckDbPackage.Here.File;

    [Fact]
    public void Each_platform_has_a_package_of_its_own_and_the_library_is_found_in_it_alone()
    {
        foreach (var platform in Platforms)
        {
            var package = DuckDbPackage.Of(platform.System, platform.Processor, platform.IsMusl);
            package.ShouldBe(new DuckDbPackage(platform.Package, platform.File));
            DuckDbLibrary.Find(null, folder.FullName, package).ShouldBeNull();
            var path = Place("npm", "node_modules", "@duckdb", platform.Package, platform.File);
            DuckDbLibrary.Find(null, folder.FullName, package).ShouldBe(path);
        }
    }

    [Fact]
    public void The_lock_holds_the_same_release_for_every_platform()
    {
        var npm = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(npm!.FullName, "src", "Aiops.Ask", "npm", "package-lock.json")))
        {
            npm = npm.Parent;
        }

        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(npm.FullName, "src", "Aiops.Ask", "npm", "package-lock.json")));
        var packages = locked.RootElement.GetProperty("packages");
        packages.EnumerateObject().Count().ShouldBe(Platforms.Length + 1); // And our own.
        List<string> versions = [];
        foreach (var platform in Platforms)
        {
            var package = packages.GetProperty($"node_modules/@duckdb/{platform.Package}");
            versions.Add(package.GetProperty("version").GetString()!);
            package.GetProperty("integrity").GetString().ShouldStartWith("sha512-");
            package.GetProperty("cpu")[0].GetString().ShouldBe(platform.Processor == Architecture.Arm64 ? "arm64" : "x64");
            package.GetProperty("os")[0].GetString().ShouldBe(platform.Package.Split('-')[2]);
            package.TryGetProperty("resolved", out _).ShouldBeFalse(); // From whichever registry one has.
        }

        versions.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_library_that_is_named_is_the_one_meant_even_where_it_is_not()
    {
        Place(FileName);
        DuckDbLibrary.Find(Path.Combine(folder.FullName, "none.so"), folder.FullName, DuckDbPackage.Here).ShouldBeNull();
        DuckDbLibrary.Find(Path.Combine(folder.FullName, FileName), "/", DuckDbPackage.Here).ShouldBe(Path.Combine(folder.FullName, FileName));
    }

    [Fact]
    public void The_one_beside_the_executable_comes_before_npms()
    {
        var npm = Place("src", "Aiops.Ask", "npm", "node_modules", "@duckdb", DuckDbPackage.Here.Name, FileName);
        var bin = Directory.CreateDirectory(Path.Combine(folder.FullName, "src", "Aiops.Cli", "bin")).FullName;
        DuckDbLibrary.Find(null, bin, DuckDbPackage.Here).ShouldBe(npm);
        var beside = Place("src", "Aiops.Cli", "bin", FileName);
        DuckDbLibrary.Find("", bin, DuckDbPackage.Here).ShouldBe(beside);
    }

    [Fact]
    public void Where_it_is_nowhere_none_is_found() => DuckDbLibrary.Find(null, folder.FullName, DuckDbPackage.Here).ShouldBeNull();

    public void Dispose() => folder.Delete(recursive: true);

    private string Place(params string[] path)
    {
        var file = Path.Combine([folder.FullName, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
