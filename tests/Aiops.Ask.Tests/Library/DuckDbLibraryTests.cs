using System.Runtime.InteropServices;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Tests.Library;

public sealed class DuckDbLibraryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-");

    private static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    [Fact]
    public void A_library_that_is_named_is_the_one_meant_even_where_it_is_not()
    {
        Place(FileName);
        DuckDbLibrary.Find(Path.Combine(folder.FullName, "none.so"), folder.FullName).ShouldBeNull();
        DuckDbLibrary.Find(Path.Combine(folder.FullName, FileName), "/").ShouldBe(Path.Combine(folder.FullName, FileName));
    }

    [Fact]
    public void The_one_beside_the_executable_comes_before_npms()
    {
        var npm = Place("src", "Aiops.Ask", "npm", "node_modules", "@duckdb", Package(), FileName);
        var bin = Directory.CreateDirectory(Path.Combine(folder.FullName, "src", "Aiops.Cli", "bin")).FullName;
        DuckDbLibrary.Find(null, bin).ShouldBe(npm);
        var beside = Place("src", "Aiops.Cli", "bin", FileName);
        DuckDbLibrary.Find("", bin).ShouldBe(beside);
    }

    [Fact]
    public void Where_it_is_nowhere_none_is_found() => DuckDbLibrary.Find(null, folder.FullName).ShouldBeNull();

    public void Dispose() => folder.Delete(recursive: true);

    private static string Package()
        => $"node-bindings-{(OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    private string Place(params string[] path)
    {
        var file = Path.Combine([folder.FullName, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
