using System.Text.Json;
using Aiops.StateMachine.Intrinsics;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Definition;

/// <summary>Reads one state: each type takes the fields that the language's table of states and fields allows it.</summary>
internal sealed class StateReader(DefinitionReader machine, FieldReader fields, string name, IReadOnlyCollection<string> variables)
{
    private const long MaxSeconds = 99_999_999;
    private static readonly IReadOnlyList<string> WaitFields = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

    private readonly List<(string Target, string Path)> targets = [];

    /// <summary>The states that this one may go to, and where it says so.</summary>
    public IReadOnlyList<(string Target, string Path)> Targets => targets;

    /// <returns>The state, or null when it is too wrong to make one.</returns>
    public State? Read()
    {
        fields.String("Comment");
        DefinitionReader.RefuseOtherQueryLanguage(fields);
        State? state;
        switch (fields.RequireString("Type"))
        {
            case "Pass":
                state = WithFilters(new PassState(name) { Result = fields.Take("Result") }, results: true, selector: false);
                break;
            case "Task":
                state = ReadTask();
                break;
            case "Choice":
                state = ReadChoice();
                break;
            case "Wait":
                state = ReadWait();
                break;
            case "Succeed":
                state = new SucceedState(name) { InputPath = InputPath(), OutputPath = OutputPath() };
                break;
            case "Fail":
                state = new FailState(name) { Error = FailText("Error"), Cause = FailText("Cause") };
                break;
            case "Parallel":
                state = ReadParallel();
                break;
            case "Map":
                state = ReadMap();
                break;
            case { } other:
                fields.Wrong("Type", $"there is no type of state '{other}'");
                return null;
            default:
                return null;
        }

        fields.RefuseOthers($"a {fields.String("Type")} state");
        return state;
    }

    private TaskState? ReadTask()
    {
        TaskResource? resource = null;
        if (fields.RequireString("Resource") is { } arn)
        {
            resource = TaskResource.Parse(arn, out var refusal);
            if (refusal is not null)
            {
                fields.Wrong("Resource", refusal);
            }
        }

        if (fields.Take("Credentials") is not null)
        {
            fields.Wrong("Credentials", "Credentials are not supported");
        }

        var timeout = fields.Quantity("TimeoutSeconds", 1, MaxSeconds);
        var heartbeat = fields.Quantity("HeartbeatSeconds", 1, MaxSeconds);
        if (heartbeat?.Value is { } beat && timeout?.Value is { } limit && beat >= limit)
        {
            fields.Wrong("HeartbeatSeconds", "must be smaller than TimeoutSeconds");
        }

        var parameters = fields.Take("Parameters");
        var function = resource is { IsLambdaInvoke: true } ? LambdaParameters.Check(parameters, fields) : null;
        return resource is null ? null : WithHandlers(WithFilters(
            new TaskState(name) { Resource = resource, LiteralFunctionName = function, Timeout = timeout, Heartbeat = heartbeat },
            results: true, selector: true));
    }

    private ChoiceState ReadChoice()
    {
        var rules = new List<ChoiceBranch>();
        var items = fields.NonEmptyArray("Choices");
        for (var i = 0; i < items.Count; i++)
        {
            if (fields.ReadChoiceBranch(items[i], $"{fields.PathOf("Choices")}[{i}]", targets) is { } rule)
            {
                rules.Add(rule);
            }
        }

        var otherwise = fields.String("Default");
        if (otherwise is not null)
        {
            targets.Add((otherwise, fields.PathOf("Default")));
        }

        return new ChoiceState(name)
        {
            Choices = rules,
            Default = otherwise,
            InputPath = InputPath(),
            OutputPath = OutputPath(),
            Assign = fields.Template("Assign"),
        };
    }

    private WaitState ReadWait()
    {
        var seconds = fields.Integer("Seconds", 0, MaxSeconds);
        var secondsPath = fields.PathField("SecondsPath", reference: true);
        var timestamp = fields.String("Timestamp");
        var timestampPath = fields.PathField("TimestampPath", reference: true);
        if (WaitFields.Count(fields.Has) != 1)
        {
            fields.WrongHere("a Wait state has exactly one of Seconds, SecondsPath, Timestamp and TimestampPath");
        }

        DateTimeOffset? until = null;
        if (timestamp is not null)
        {
            until = Timestamp.TryParse(timestamp, out var parsed) ? parsed : null;
            if (until is null)
            {
                fields.Wrong("Timestamp", $"'{timestamp}' is no timestamp: RFC 3339 with a capital T and Z");
            }
        }

        var wait = new WaitState(name)
        {
            Duration = seconds is null && secondsPath is null ? null : new Quantity(seconds, secondsPath),
            Until = until,
            UntilPath = timestampPath,
            InputPath = InputPath(),
            OutputPath = OutputPath(),
            Assign = fields.Template("Assign"),
        };
        return WithNext(wait);
    }

    private ParallelState ReadParallel()
    {
        var branches = new List<StateFlow>();
        var items = fields.NonEmptyArray("Branches");
        for (var i = 0; i < items.Count; i++)
        {
            if (ReadFlow(items[i], $"{fields.PathOf("Branches")}[{i}]", "a branch") is { } branch)
            {
                branches.Add(branch);
            }
        }

        return WithHandlers(WithFilters(new ParallelState(name) { Branches = branches }, results: true, selector: true));
    }

    private MapState? ReadMap()
    {
        foreach (var refused in (string[])["ItemReader", "ItemBatcher", "ResultWriter", "Label", "ToleratedFailureCount",
            "ToleratedFailureCountPath", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath"])
        {
            if (fields.Take(refused) is not null)
            {
                fields.Wrong(refused, $"{refused} belongs to distributed Map, which is not supported");
            }
        }

        var old = fields.Has("Iterator");
        var processorName = old ? "Iterator" : "ItemProcessor";
        if (old && fields.Take("ItemProcessor") is not null)
        {
            fields.WrongHere("ItemProcessor and Iterator exclude each other");
        }

        var processor = fields.Require(processorName) is { } json ? ReadFlow(json, fields.PathOf(processorName), processorName)
            : null;
        var selector = fields.Template("ItemSelector");
        if (selector is not null && fields.Has("Parameters"))
        {
            fields.WrongHere("ItemSelector and Parameters exclude each other");
        }

        selector ??= fields.Template("Parameters");
        var itemsPath = fields.PathField("ItemsPath", JsonPath.Whole, reference: true)!;
        var concurrency = fields.Quantity("MaxConcurrency", 0, int.MaxValue);
        var map = processor is null ? null
            : new MapState(name)
            {
                Processor = processor,
                ItemsPath = itemsPath,
                ItemSelector = selector,
                MaxConcurrency = concurrency,
            };
        // Where the processor is wrong, the other fields are still read, for their problems.
        var anyway = map ?? new MapState(name) { Processor = new StateFlow("", new Dictionary<string, State>()) };
        var read = WithHandlers(WithFilters(anyway, results: true, selector: true));
        return map is null ? null : read with { Parameters = null };
    }

    private StateFlow? ReadFlow(JsonElement json, string path, string what)
    {
        var inner = fields.On(json, path);
        inner.String("Comment");
        if (inner.Take("ProcessorConfig") is { } config)
        {
            var mode = new FieldReader(config, inner.PathOf("ProcessorConfig"), fields.Problems);
            if (what == "a branch")
            {
                inner.Wrong("ProcessorConfig", "a branch has no field ProcessorConfig");
            }
            else if (mode.String("Mode") is { } value && value != "INLINE")
            {
                mode.Wrong("Mode", $"{(value == "DISTRIBUTED" ? "distributed Map is not supported" : $"there is no mode {value}")}; use INLINE");
            }
            else
            {
                mode.RefuseOthers("an inline ProcessorConfig");
            }
        }

        var flow = machine.ReadFlow(inner, variables);
        inner.RefuseOthers(what);
        return flow;
    }

    private T WithFilters<T>(T state, bool results, bool selector) where T : State
    {
        var filtered = state with
        {
            InputPath = InputPath(),
            OutputPath = OutputPath(),
            Parameters = fields.Template("Parameters"),
            ResultPath = results ? ResultPath(fields) : JsonPath.Whole,
            ResultSelector = selector ? fields.Template("ResultSelector") : null,
            Assign = fields.Template("Assign"),
        };
        return WithNext(filtered);
    }

    private T WithHandlers<T>(T state) where T : State
        => state with { Retriers = fields.ReadRetriers(), Catchers = fields.ReadCatchers(targets) };

    private T WithNext<T>(T state) where T : State
    {
        var next = fields.String("Next");
        var end = fields.Boolean("End") ?? false;
        if (next is not null)
        {
            targets.Add((next, fields.PathOf("Next")));
        }

        if (end && next is not null)
        {
            fields.WrongHere("Next and \"End\": true exclude each other");
        }
        else if (!end && next is null && !fields.Has("Next"))
        {
            fields.WrongHere("Next or \"End\": true is missing");
        }

        return state with { Next = next };
    }

    private Expression? FailText(string field)
    {
        var literal = fields.String(field);
        var path = fields.String(field + "Path");
        if (fields.Has(field) && fields.Has(field + "Path"))
        {
            fields.WrongHere($"{field} and {field}Path exclude each other");
        }

        if (path is null)
        {
            return literal is null ? null : new Expression.Literal(Json.String(literal));
        }

        try
        {
            var expression = Expression.Parse(path);
            if (expression is Expression.Path { Value.IsReference: false })
            {
                fields.Wrong(field + "Path", $"'{path}' must be a reference path");
            }

            if (expression is Expression.Call { Function.Name: var function } && !TextFunctions.Contains(function))
            {
                fields.Wrong(field + "Path", $"{function} gives no string; {string.Join(", ", TextFunctions)} may stand here");
            }

            return expression;
        }
        catch (FormatException e)
        {
            fields.Wrong(field + "Path", e.Message);
            return null;
        }
    }

    // The guide's list for ErrorPath and CausePath: the intrinsics that return a string.
    private static readonly IReadOnlyList<string> TextFunctions =
    [
        "States.Format", "States.JsonToString", "States.ArrayGetItem", "States.Base64Encode", "States.Base64Decode", "States.Hash",
        "States.UUID",
    ];

    private JsonPath? InputPath() => fields.PathField("InputPath", JsonPath.Whole, nullable: true);

    private JsonPath? OutputPath() => fields.PathField("OutputPath", JsonPath.Whole, nullable: true);

    internal static JsonPath? ResultPath(FieldReader fields)
    {
        var path = fields.PathField("ResultPath", JsonPath.Whole, nullable: true, reference: true);
        if (path is { Root: not PathRoot.Input })
        {
            fields.Wrong("ResultPath", "can't put a result into the context object or a variable");
        }

        return path;
    }
}
