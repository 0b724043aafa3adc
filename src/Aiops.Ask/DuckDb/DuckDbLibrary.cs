using System.Reflection;
using System.Runtime.InteropServices;

namespace Aiops.Ask.DuckDb;

/// <summary>
/// Finds DuckDB's own library: at $AIOPS_DUCKDB, beside the executable, or where npm put it (<c>src/Aiops.Ask/npm</c>), in the
/// executable's folder or any above it.
/// </summary>
public static class DuckDbLibrary
{
    public const string Variable = "AIOPS_DUCKDB";

    /// <summary>How to get it, for people.</summary>
    public static string Remedy => $"Run `npm ci --prefix src/Aiops.Ask/npm`, or name DuckDB's library in ${Variable}.";

    private static readonly Lazy<string?> Found = new(() => Find(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory, DuckDbPackage.Here));
    private static readonly Lazy<bool> Resolving = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(DuckDbLibrary).Assembly, Resolve);
        return true;
    });

    public static bool IsThere => Found.Value is not null;

    /// <exception cref="DuckDbMissingException">It is nowhere.</exception>
    public static void Require()
    {
        if (!IsThere)
        {
            throw new DuckDbMissingException();
        }

        _ = Resolving.Value;
    }

    /// <returns>The library's path; null where it is in none of the places.</returns>
    internal static string? Find(string? named, string from, DuckDbPackage package)
    {
        if (named is { Length: > 0 })
        {
            return File.Exists(named) ? named : null; // Who names one means that one.
        }

        if (File.Exists(Path.Combine(from, package.File)))
        {
            return Path.Combine(from, package.File);
        }

        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            foreach (var npm in (string[])[Path.Combine("src", "Aiops.Ask", "npm"), "npm"])
            {
                var path = Path.Combine(folder.FullName, npm, "node_modules", DuckDbPackage.Scope, package.Name, package.File);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search)
        => name == DuckDbNative.Library && Found.Value is { } path ? NativeLibrary.Load(path) : IntPtr.Zero;
}

/// <summary>DuckDB's library isn't on this machine: questions can't be answered, and all else works.</summary>
public sealed class DuckDbMissingException() : Exception("DuckDB's library, which answers questions, isn't here.");
