using System.Text.Json;
using Aiops.StateMachine.Intrinsics;

namespace Aiops.StateMachine.Definition;

/// <summary>Reads Retry and Catch.</summary>
internal static class ErrorHandlerReader
{
    private const long MaxNumber = 99_999_999; // The guide's bound for IntervalSeconds and MaxAttempts.
    private const long MaxDelay = 31_622_400; // The guide's bound for MaxDelaySeconds: a leap year.

    public static IReadOnlyList<Retrier> ReadRetriers(this FieldReader fields)
        => ReadEach(fields, "Retry", (retry, errors) =>
        {
            var interval = retry.Integer("IntervalSeconds", 1, MaxNumber) ?? 1;
            var attempts = retry.Integer("MaxAttempts", 0, MaxNumber) ?? 3;
            var maxDelay = retry.Integer("MaxDelaySeconds", 1, MaxDelay);
            if (maxDelay <= interval)
            {
                retry.Wrong("MaxDelaySeconds", "must be greater than IntervalSeconds");
            }

            var backoff = 2.0;
            if (retry.Take("BackoffRate") is { } rate
                && !(rate.ValueKind == JsonValueKind.Number && rate.TryGetDouble(out backoff)
                    && backoff >= 1.0 && double.IsFinite(backoff)))
            {
                retry.Wrong("BackoffRate", "must be a number of at least 1.0");
            }

            var jitter = retry.String("JitterStrategy");
            if (jitter is not (null or "FULL" or "NONE"))
            {
                retry.Wrong("JitterStrategy", $"'{jitter}' is unknown; use FULL or NONE");
            }

            retry.RefuseOthers("a retrier");
            return new Retrier(errors, interval, attempts, backoff, maxDelay, jitter == "FULL");
        });

    public static IReadOnlyList<Catcher> ReadCatchers(this FieldReader fields, List<(string Target, string Path)> targets)
        => ReadEach(fields, "Catch", (handler, errors) =>
        {
            var next = handler.RequireString("Next");
            if (next is not null)
            {
                targets.Add((next, handler.PathOf("Next")));
            }

            var result = StateReader.ResultPath(handler);
            PayloadTemplate? assign = handler.Template("Assign");
            handler.RefuseOthers("a catcher");
            return new Catcher(errors, next ?? "", result, assign);
        });

    private static List<T> ReadEach<T>(FieldReader fields, string name, Func<FieldReader, IReadOnlyList<string>, T> read)
    {
        var handlers = new List<T>();
        if (fields.Take(name) is not { } json)
        {
            return handlers;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(name, "must be an array");
            return handlers;
        }

        for (var i = 0; i < json.GetArrayLength(); i++)
        {
            var handler = fields.On(json[i], $"{fields.PathOf(name)}[{i}]");
            handler.String("Comment");
            handlers.Add(read(handler, ReadErrors(handler, isLast: i == json.GetArrayLength() - 1)));
        }

        return handlers;
    }

    private static List<string> ReadErrors(FieldReader handler, bool isLast)
    {
        var errors = new List<string>();
        foreach (var item in handler.NonEmptyArray("ErrorEquals"))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                errors.Add(item.GetString()!);
            }
            else
            {
                handler.Wrong("ErrorEquals", "must hold strings");
            }
        }

        if (errors.Contains(ErrorNames.All))
        {
            if (errors.Count > 1)
            {
                handler.Wrong("ErrorEquals", "States.ALL must stand alone");
            }

            if (!isLast)
            {
                handler.Wrong("ErrorEquals", "States.ALL must be in the last of the list");
            }
        }

        return errors;
    }
}
