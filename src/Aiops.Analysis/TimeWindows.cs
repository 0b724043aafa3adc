using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Analysis;

/// <summary>Stretches of event time, at least one, in order and apart: normal life as a recorder has it lies in pieces.</summary>
[JsonConverter(typeof(TimeWindowsConverter))]
public sealed class TimeWindows : IEquatable<TimeWindows>
{
    private readonly TimeWindow[] stretches;

    /// <summary>In any order; stretches that touch or overlap become one.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TimeWindows(IEnumerable<TimeWindow> stretches)
    {
        List<TimeWindow> apart = [];
        foreach (var next in stretches.OrderBy(stretch => stretch.Start).ThenBy(stretch => stretch.End))
        {
            if (apart.Count > 0 && next.Start <= apart[^1].End)
            {
                apart[^1] = new TimeWindow(apart[^1].Start, next.End > apart[^1].End ? next.End : apart[^1].End);
            }
            else
            {
                apart.Add(next);
            }
        }

        this.stretches = apart.Count > 0 ? [.. apart] : throw new ArgumentException("No stretch at all.", nameof(stretches));
    }

    public IReadOnlyList<TimeWindow> Stretches => stretches;

    /// <summary>The first stretch's.</summary>
    public DateTimeOffset Start => stretches[0].Start;

    /// <summary>The last stretch's.</summary>
    public DateTimeOffset End => stretches[^1].End;

    /// <summary>Of the stretches together, what lies between them left out.</summary>
    public TimeSpan Length => stretches.Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Length);

    public static implicit operator TimeWindows(TimeWindow window) => new([window]);

    public bool Contains(DateTimeOffset time) => IndexOf(time) >= 0;

    /// <summary>The stretch that holds the time; -1 when none does.</summary>
    public int IndexOf(DateTimeOffset time) => Array.FindIndex(stretches, stretch => stretch.Contains(time));

    public bool Equals(TimeWindows? other) => other is not null && stretches.AsSpan().SequenceEqual(other.stretches);

    public override bool Equals(object? obj) => Equals(obj as TimeWindows);

    public override int GetHashCode() => HashCode.Combine(stretches.Length, stretches[0], stretches[^1]);

    public override string ToString() => string.Join(", ", stretches.Select(stretch => $"{stretch.Start:O}/{stretch.End:O}"));
}

/// <summary>A list of <c>{"start","end"}</c>; a single one without the list is read as well, as it was written once.</summary>
public sealed class TimeWindowsConverter : JsonConverter<TimeWindows>
{
    public override TimeWindows Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var root = JsonElement.ParseValue(ref reader);
        try
        {
            return root.ValueKind == JsonValueKind.Array ? new TimeWindows(root.EnumerateArray().Select(StretchOf)) : StretchOf(root);
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"Not stretches of time: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeWindows value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var stretch in value.Stretches)
        {
            writer.WriteStartObject();
            writer.WriteString("start", stretch.Start);
            writer.WriteString("end", stretch.End);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static TimeWindow StretchOf(JsonElement stretch)
        => new(stretch.GetProperty("start").GetDateTimeOffset(), stretch.GetProperty("end").GetDateTimeOffset());
}
