using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline.Comment.Report;
using Microsoft.AspNetCore.Http;

namespace Aiops.Console;

/// <summary>Style, script and icon, from this assembly. Each address holds a digest of the content, so browsers keep it for good.</summary>
internal static class ConsoleAssets
{
    /// <summary>Where a person begins.</summary>
    public const string Start = "/incidents";

    private static readonly Dictionary<string, Asset> All = new()
    {
        ["console.css"] = Asset.Of("text/css; charset=utf-8", Embedded("console.css")),
        ["report.css"] = Asset.Of("text/css; charset=utf-8", ReportRenderer.Style),
        ["console.js"] = Asset.Of("text/javascript; charset=utf-8", Embedded("console.js")),
        ["icon.svg"] = Asset.Of("image/svg+xml", Embedded("icon.svg")),
    };

    public static string Address(string name) => $"/assets/{All[name].Digest}/{name}";

    public static async Task WriteAsync(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is not string name || !All.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = asset.Type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; // The same for everybody: it holds no data.
        context.Response.ContentLength = asset.Content.Length;
        await context.Response.Body.WriteAsync(asset.Content, context.RequestAborted);
    }

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record Asset(string Type, byte[] Content, string Digest)
    {
        public static Asset Of(string type, string text)
        {
            var content = Encoding.UTF8.GetBytes(text);
            return new Asset(type, content, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
        }
    }
}
