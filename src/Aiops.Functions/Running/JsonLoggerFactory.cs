using System.Globalization;
using System.Text.Json;
using Aiops.Pipeline.Masking;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Running;

/// <summary>Log messages as lines of JSON that Logs Insights finds fields in, masked, with the invocation's ids.</summary>
public sealed class JsonLoggerFactory(FunctionOutput output, TimeProvider time) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, output, time);

    public void AddProvider(ILoggerProvider provider)
        => throw new NotSupportedException("CloudWatch Logs takes the lines from standard output; nothing else does.");

    public void Dispose()
    {
        // The output is the process's own.
    }

    private sealed class Logger(string category, FunctionOutput output, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            output.WriteLine(json =>
            {
                json.WriteString("time", time.GetUtcNow().UtcDateTime);
                json.WriteString("level", logLevel.ToString());
                json.WriteString("category", category);
                json.WriteString("message", SecretMask.Mask(formatter(state, exception)));
                WriteUnlessNull(json, "requestId", CurrentInvocation.RequestId);
                WriteUnlessNull(json, "traceId", CurrentInvocation.TraceId);
                foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
                {
                    if (name != "{OriginalFormat}")
                    {
                        json.WriteString(name, SecretMask.Mask(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                    }
                }

                WriteUnlessNull(json, "errorType", exception?.GetType().Name);
                WriteUnlessNull(json, "error", exception is null ? null : SecretMask.Mask(exception.ToString()));
            });
        }

        private static void WriteUnlessNull(Utf8JsonWriter json, string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }
}
