using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>The one series, of an alarm over many, that changed its state.</summary>
internal sealed record Contributor(string Id, IReadOnlyDictionary<string, string> Attributes)
{
    private const int ShownAttributes = 5;

    /// <summary>For people: the attributes, or the id where there are none.</summary>
    public string Readable => Attributes.Count == 0
        ? Id
        : string.Join(", ", Attributes.Take(ShownAttributes).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>What the attributes name; null when they name nothing that we know.</summary>
    public string? Component => Components.FromTags(Attributes) ?? Components.FromDimensions(Attributes);

    /// <summary>Null when the event is about the alarm itself. A contributor without an id is known by its attributes.</summary>
    public static Contributor? From(JsonElement element)
    {
        var attributes = element.Member("attributes").Pairs();
        return element.Scalar("id") is { } id ? new Contributor(id, attributes)
            : attributes.Count > 0 ? new Contributor(Digest.Of(attributes), attributes)
            : null;
    }

    public IReadOnlyDictionary<string, string> AddTo(IReadOnlyDictionary<string, string> dimensions)
    {
        var all = new Dictionary<string, string>(dimensions);
        foreach (var (name, value) in Attributes)
        {
            all[name] = value;
        }

        return all;
    }
}
