using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A line of the log; the placeholders of its message take the arguments in order, and are properties in JSON.</summary>
internal sealed partial record LogRecord(
    DateTimeOffset At, LogLevel? Level, string Label, RuntimeApiHeaders Invocation, Exception Exception, string Message, object[] Args)
{
    private string Time => At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string ToText()
    {
        var label = Level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            _ => Label,
        };
        var line = string.IsNullOrEmpty(label)
            ? $"{Time}\t{Invocation?.AwsRequestId}\t{Filled()}"
            : $"{Time}\t{Invocation?.AwsRequestId}\t{label}\t{Filled()}";
        return Exception == null ? line : $"{line}\n{Exception}";
    }

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Time);
            writer.WriteString("level", (Level ?? LogLevel.Information).ToString());
            if (Invocation != null)
                writer.WriteString("requestId", Invocation.AwsRequestId);
            if (Invocation?.TraceId is { } trace)
                writer.WriteString("traceId", trace);
            if (Invocation?.TenantId is { } tenant)
                writer.WriteString("tenantId", tenant);
            writer.WriteString("message", Filled());
            foreach (var (name, value) in Named().DistinctBy(pair => pair.Name))
                WriteValue(writer, name, value);
            if (Exception != null)
            {
                writer.WriteString("errorType", Exception.GetType().FullName);
                writer.WriteString("errorMessage", Exception.Message);
                writer.WriteStartArray("stackTrace");
                foreach (var frame in Exception.ToString().Split('\n'))
                    writer.WriteStringValue(frame.Trim());
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case null:
                return;
            case bool truth:
                writer.WriteBoolean(name, truth);
                return;
            case int or long or short or byte:
                writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return;
            case double or float:
                writer.WriteNumber(name, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                return;
            case decimal amount:
                writer.WriteNumber(name, amount);
                return;
            default:
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
        }
    }

    private string Filled()
    {
        if (Args.Length == 0 || Message == null)
            return Message ?? "";
        var next = 0;
        return Placeholder().Replace(Message, match => next < Args.Length
            ? string.Format(CultureInfo.InvariantCulture, $"{{0{match.Groups["format"].Value}}}", Args[next++])
            : match.Value);
    }

    private IEnumerable<(string Name, object Value)> Named() => Args.Length == 0 || Message == null
        ? []
        : Placeholder().Matches(Message).Zip(Args, (match, value) => (match.Groups["name"].Value, value));

    [GeneratedRegex("""(?<!\{)\{@?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<format>[,:][^{}]*)?\}(?!\})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
