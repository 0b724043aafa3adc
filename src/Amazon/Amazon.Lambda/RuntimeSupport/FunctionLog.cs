using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The function's log. As in the managed runtime, the console is redirected: each line that is written to it becomes a record,
/// with time, request id and level as text (tabs between) or as JSON where AWS_LAMBDA_LOG_FORMAT says so. What must reach the
/// log as it is (an EMF line) is written to <see cref="Console.OpenStandardOutput()"/>.
/// </summary>
internal sealed class FunctionLog : ILambdaLogger
{
    private static readonly Lock Installing = new();
    private static FunctionLog installed;

    private readonly Lock writing = new();
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter errors = Console.Error;
    private readonly bool json = Setting("AWS_LAMBDA_LOG_FORMAT") is { } format && format.Equals("JSON", StringComparison.OrdinalIgnoreCase);
    private readonly LogLevel minimum = Minimum();
    private RuntimeApiHeaders invocation;

    /// <summary>One a process, for the console is one.</summary>
    public static FunctionLog Install()
    {
        lock (Installing)
        {
            if (installed == null)
            {
                installed = new FunctionLog();
                Console.SetOut(new RecordingWriter(installed, LogLevel.Information, installed.output));
                Console.SetError(new RecordingWriter(installed, LogLevel.Error, installed.errors));
                LambdaLogger.WriteTo((level, exception, message, args) => installed.Write(level, exception, message, args));
            }

            return installed;
        }
    }

    public void Begin(RuntimeApiHeaders headers) => invocation = headers;

    public void Log(string message) => Write(null, null, message, []);

    public void LogLine(string message) => Write(null, null, message, []);

    public void Log(string level, string message) => Write(level, null, message, []);

    public void Log(string level, string message, params object[] args) => Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) => Write(level, exception, message, args);

    internal void Write(string level, Exception exception, string message, object[] args, bool isError = false)
    {
        var known = Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed);
        if (known && parsed < minimum)
            return;
        var record = new LogRecord(
            TimeProvider.System.GetUtcNow(), known ? parsed : null, level, invocation, exception, message, args ?? []);
        var line = json ? record.ToJson() : record.ToText();
        lock (writing)
            (isError ? errors : output).WriteLine(line);
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name);

    private static LogLevel Minimum() =>
        Enum.TryParse<LogLevel>(Setting("AWS_LAMBDA_HANDLER_LOG_LEVEL") ?? Setting("AWS_LAMBDA_LOG_LEVEL"), ignoreCase: true, out var level)
            ? level
            : (Setting("AWS_LAMBDA_LOG_LEVEL")?.ToUpperInvariant()) switch
            {
                "WARN" => LogLevel.Warning,
                "INFO" => LogLevel.Information,
                "FATAL" => LogLevel.Critical,
                _ => LogLevel.Information,
            };

    /// <summary>Gathers what is written to a console stream and logs each line.</summary>
    private sealed class RecordingWriter(FunctionLog log, LogLevel level, TextWriter inner) : TextWriter
    {
        public override System.Text.Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void Write(string value) => inner.Write(value);

        public override void WriteLine() => WriteLine("");

        public override void WriteLine(string value) => log.Write(level.ToString(), null, value, [], level == LogLevel.Error);

        public override void WriteLine(object value) => WriteLine(value?.ToString() ?? "");

        public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());

        public override void WriteLine(char[] buffer) => WriteLine(new string(buffer));

        public override void Flush() => inner.Flush();
    }
}
