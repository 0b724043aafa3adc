using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aiops.StateMachine.Intrinsics;

/// <summary>An intrinsic function of the States Language's Appendix B.</summary>
internal sealed record IntrinsicFunction(
    string Name, int MinArguments, int MaxArguments, Func<IntrinsicArguments, Random, JsonElement> Apply)
{
    private const int MaxRange = 1000; // Items that ArrayRange may make.
    private const int MaxCoded = 10_000; // Characters that Base64Encode, Base64Decode and Hash take.

    private static readonly Dictionary<string, IntrinsicFunction> Functions = new IntrinsicFunction[]
    {
        new("States.Format", 1, int.MaxValue, (a, _) => Format(a)),
        new("States.StringToJson", 1, 1, (a, _) => StringToJson(a.String(0))),
        new("States.JsonToString", 1, 1, (a, _) => Json.String(Json.Text(a[0]))),
        new("States.Array", 0, int.MaxValue, (a, _) => Json.Array(Enumerable.Range(0, a.Count).Select(i => a[i]))),
        new("States.ArrayPartition", 2, 2, (a, _) => Partition(a.Array(0), a.Integer(1))),
        new("States.ArrayContains", 2, 2, (a, _) => Json.Boolean(a.Array(0).Any(item => JsonElement.DeepEquals(item, a[1])))),
        new("States.ArrayRange", 3, 3, (a, _) => Range(a.Integer(0), a.Integer(1), a.Integer(2))),
        new("States.ArrayGetItem", 2, 2, (a, _) => GetItem(a.Array(0), a.Integer(1))),
        new("States.ArrayLength", 1, 1, (a, _) => Json.Number(a.Array(0).Count)),
        new("States.ArrayUnique", 1, 1, (a, _) => Unique(a.Array(0))),
        new("States.Base64Encode", 1, 1, (a, _) => Encode(Limited(a.String(0)))),
        new("States.Base64Decode", 1, 1, (a, _) => Decode(Limited(a.String(0)))),
        new("States.Hash", 2, 2, (a, _) => Hash(a[0], a.String(1))),
        new("States.JsonMerge", 3, 3, (a, _) => Merge(a.Object(0), a.Object(1), a.Boolean(2))),
        new("States.MathRandom", 2, 3, MathRandom),
        new("States.MathAdd", 2, 2, (a, _) => Add(a.Integer(0), a.Integer(1))),
        new("States.StringSplit", 2, 2, (a, _) => Split(a.String(0), a.String(1))),
        new("States.UUID", 0, 0, (_, random) => Uuid(random)),
    }.ToDictionary(function => function.Name);

    /// <summary>How many arguments it takes, in words.</summary>
    public string Arity => MaxArguments == int.MaxValue ? $"{MinArguments} or more arguments"
        : MinArguments == MaxArguments ? $"{MinArguments} argument{(MinArguments == 1 ? "" : "s")}"
        : $"{MinArguments} to {MaxArguments} arguments";

    public static IntrinsicFunction? Find(string name) => Functions.GetValueOrDefault(name);

    private static JsonElement Format(IntrinsicArguments arguments)
    {
        var parts = arguments.RawString(0).Split("{}");
        if (parts.Length != arguments.Count)
        {
            throw StateFailedException.Intrinsic(
                $"Invalid arguments: {arguments.Count - 1} values for {parts.Length - 1} occurrences of '{{}}'.");
        }

        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            text.Append(arguments[i] switch
            {
                { ValueKind: JsonValueKind.String } value => value.GetString(),
                { ValueKind: JsonValueKind.Object or JsonValueKind.Array }
                    => throw IntrinsicArguments.Wrong(i, "a string, a boolean, a number or null"),
                var value => value.GetRawText(),
            }).Append(parts[i]);
        }

        return Json.String(EscapedText.Plain(text.ToString()));
    }

    private static JsonElement StringToJson(string text)
    {
        try
        {
            return Json.Readable(JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            throw IntrinsicArguments.Wrong(0, "a JSON text");
        }
    }

    private static JsonElement Partition(IReadOnlyList<JsonElement> items, long size)
        => size > 0 ? Json.Array(items.Chunk((int)Math.Min(size, int.MaxValue)).Select(Json.Array))
            : throw IntrinsicArguments.Wrong(1, "a positive integer");

    private static JsonElement Range(long first, long last, long step)
    {
        if (step == 0)
        {
            throw IntrinsicArguments.Wrong(2, "other than zero");
        }

        var count = ((Int128)last - first) / step + 1;
        return ((Int128)last - first) * Int128.Sign(step) < 0 ? Json.EmptyArray
            : count > MaxRange
            ? throw StateFailedException.Intrinsic($"Invalid arguments: the array would hold more than {MaxRange} items.")
            : Json.Array(Enumerable.Range(0, (int)count).Select(i => Json.Number(first + i * step)));
    }

    private static JsonElement GetItem(IReadOnlyList<JsonElement> items, long index)
        => index >= 0 && index < items.Count ? items[(int)index]
            : throw StateFailedException.Intrinsic($"Invalid arguments: index {index} is outside an array of {items.Count}.");

    private static JsonElement Unique(IReadOnlyList<JsonElement> items)
    {
        var unique = new List<JsonElement>();
        foreach (var item in items.Where(item => !unique.Any(seen => JsonElement.DeepEquals(seen, item))))
        {
            unique.Add(item);
        }

        return Json.Array(unique);
    }

    private static string Limited(string text) => text.Length <= MaxCoded ? text
        : throw StateFailedException.Intrinsic($"Invalid arguments: more than {MaxCoded} characters.");

    private static JsonElement Encode(string text) => Json.String(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    private static JsonElement Decode(string text)
    {
        try
        {
            return Json.String(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        }
        catch (FormatException)
        {
            throw IntrinsicArguments.Wrong(0, "Base64");
        }
    }

    private static JsonElement Hash(JsonElement data, string algorithm)
    {
        var bytes = Encoding.UTF8.GetBytes(Limited(data.ValueKind == JsonValueKind.String ? data.GetString()! : Json.Text(data)));
        return Json.String(Convert.ToHexStringLower(algorithm switch
        {
#pragma warning disable CA5350, CA5351 // The language offers them; what a workflow hashes is its author's choice.
            "MD5" => MD5.HashData(bytes),
            "SHA-1" => SHA1.HashData(bytes),
#pragma warning restore CA5350, CA5351
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => throw IntrinsicArguments.Wrong(1, "MD5, SHA-1, SHA-256, SHA-384 or SHA-512"),
        }));
    }

    // The guide: "Step Functions currently only supports the shallow merging mode".
    private static JsonElement Merge(JsonElement left, JsonElement right, bool deep)
    {
        if (deep)
        {
            throw IntrinsicArguments.Wrong(2, "false: deep merging is not supported");
        }

        return Json.Object(left.EnumerateObject().Where(member => !right.TryGetProperty(member.Name, out _))
            .Concat(right.EnumerateObject()).Select(member => KeyValuePair.Create(member.Name, member.Value)));
    }

    // From the start, inclusive, to the end, exclusive. One seed always gives one number.
    private static JsonElement MathRandom(IntrinsicArguments arguments, Random random)
    {
        var (start, end) = (arguments.Integer(0), arguments.Integer(1));
        var chance = arguments.Count == 3 ? new Random((int)arguments.Integer(2)) : random;
        return start < end ? Json.Number(chance.NextInt64(start, end))
            : throw StateFailedException.Intrinsic("Invalid arguments: the start must be less than the end.");
    }

    private static JsonElement Add(long left, long right)
    {
        try
        {
            return Json.Number(checked(left + right));
        }
        catch (OverflowException)
        {
            throw StateFailedException.Intrinsic("Invalid arguments: the sum does not fit in 64 bits.");
        }
    }

    // Each character of the splitter divides, and what is empty between two is left out.
    private static JsonElement Split(string text, string splitter)
        => Json.Array(text.Split(splitter.ToCharArray(), StringSplitOptions.RemoveEmptyEntries).Select(Json.String));

    private static JsonElement Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // Version 4,
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80); // variant 1: RFC 9562.
        return Json.String(new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture));
    }
}
