using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Tests.Wire.Models;

/// <summary>Compares a record's JSON shape with a model's, member by member; says each difference in a line.</summary>
internal sealed class ModelComparison(ServiceModel model, bool isRequest)
{
    public List<string> Differences { get; } = [];

    /// <summary>Members whose absence from the body the protocol tells: in the path, in the query string.</summary>
    public Dictionary<string, (string Place, string Name)> Located { get; } = [];

    public void Compare(string path, JsonTypeInfo type, JsonNode? shape)
    {
        if (shape is null)
        {
            if (type.Properties.Count > 0)
            {
                Differences.Add($"{path}: the model has no members here");
            }

            return;
        }

        Walk(path, type, model.Shape(shape));
    }

    private void Walk(string path, JsonTypeInfo type, JsonNode shape)
    {
        switch (shape["type"]?.GetValue<string>() ?? "string")
        {
            case "structure" when shape["document"] is not null:
                Expect(path, IsA(type, typeof(JsonElement)), "any JSON");
                break;
            case "structure":
                Structure(path, type, shape);
                break;
            case "list":
                Expect(path, type.Kind == JsonTypeInfoKind.Enumerable, "a list");
                Walk($"{path}[]", type.Options.GetTypeInfo(type.ElementType!), model.Shape(shape["member"]!));
                break;
            case "map":
                Expect(path, type.Kind == JsonTypeInfoKind.Dictionary, "a map");
                Walk($"{path}{{}}", type.Options.GetTypeInfo(type.ElementType!), model.Shape(shape["value"]!));
                break;
            case "timestamp":
                Expect(path, IsA(type, typeof(DateTimeOffset)), "a time");
                var written = type.Options.Converters.OfType<EpochSeconds>().Any() ? "unixTimestamp" : "iso8601";
                var format = shape["timestampFormat"]?.GetValue<string>() ?? DefaultFormat;
                Expect(path, shape["location"] is not null || format == written, $"written as {format}");
                break;
            case var scalar:
                Expect(path, IsA(type, Clr(scalar)), scalar);
                break;
        }
    }

    private void Structure(string path, JsonTypeInfo type, JsonNode shape)
    {
        Expect(path, type.Kind == JsonTypeInfoKind.Object, "a structure");
        var members = shape["members"]!.AsObject();
        foreach (var property in type.Properties)
        {
            if (members[property.Name] is not { } member)
            {
                Differences.Add($"{path}.{property.Name}: unknown to the model");
                continue;
            }

            var full = model.Shape(member);
            if (full["location"]?.GetValue<string>() is { } place)
            {
                Located[property.Name] = (place, full["locationName"]?.GetValue<string>() ?? property.Name);
            }

            Walk($"{path}.{property.Name}", type.Options.GetTypeInfo(property.PropertyType), full);
        }

        foreach (var name in isRequest ? shape["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [] : [])
        {
            var mine = type.Properties.FirstOrDefault(p => p.Name == name);
            Expect($"{path}.{name}", mine is { IsRequired: true } or { AssociatedParameter.HasDefaultValue: false }, "required");
        }
    }

    private string DefaultFormat => model.Metadata["protocol"]!.GetValue<string>() == "query" ? "iso8601" : "unixTimestamp";

    private static Type Clr(string scalar) => scalar switch
    {
        "string" => typeof(string),
        "integer" => typeof(int),
        "long" => typeof(long),
        "double" => typeof(double),
        "float" => typeof(float),
        "boolean" => typeof(bool),
        _ => throw new NotSupportedException(scalar),
    };

    private static bool IsA(JsonTypeInfo type, Type expected) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == expected;

    private void Expect(string path, bool holds, string what)
    {
        if (!holds)
        {
            Differences.Add($"{path}: the model says {what}");
        }
    }
}
