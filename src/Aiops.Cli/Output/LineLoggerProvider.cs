using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aiops.Cli.Output;

/// <summary>Log lines on standard error: time, level, message, the exception's first line. Our own categories from Information, others from Warning.</summary>
internal sealed class LineLoggerProvider(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly TextWriter writer = writer;
    private readonly TimeProvider time = time;
    private readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName.StartsWith("Aiops.", StringComparison.Ordinal));

    public void Dispose()
    {
        // The writer isn't ours.
    }

    private sealed class LineLogger(LineLoggerProvider provider, bool ours) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (ours ? LogLevel.Information : LogLevel.Warning);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{provider.time.GetUtcNow():HH:mm:ss.fff} {logLevel,-11} {formatter(state, exception)}{(exception is null ? "" : $": {exception.GetType().Name}: {exception.Message}")}");
            lock (provider.gate)
            {
                provider.writer.WriteLine(line.ReplaceLineEndings(" "));
            }
        }
    }
}
