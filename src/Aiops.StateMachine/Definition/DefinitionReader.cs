using System.Text.Json;

namespace Aiops.StateMachine.Definition;

/// <summary>Reads a machine and checks what concerns its states together: names, targets, ends, scopes of variables.</summary>
internal sealed class DefinitionReader(List<DefinitionProblem> problems)
{
    private const int MaxStateName = 80;
    private const long MaxSeconds = 99_999_999; // Step Functions' own bound for every number of seconds.

    private readonly Dictionary<string, string> stateNames = [];

    public StateMachineDefinition? ReadMachine(JsonElement json)
    {
        var fields = new FieldReader(json, "$", problems);
        var comment = fields.String("Comment");
        RefuseOtherQueryLanguage(fields);
        if (fields.String("Version") is { } version && version != "1.0")
        {
            fields.Wrong("Version", $"version {version} of the language is unknown; there is 1.0");
        }

        var timeout = fields.Integer("TimeoutSeconds", 1, MaxSeconds);
        var flow = ReadFlow(fields, []);
        fields.RefuseOthers("a state machine");
        return flow is null ? null
            : new StateMachineDefinition(comment, timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, flow);
    }

    /// <summary>Reads StartAt and States.</summary>
    /// <param name="outerVariables">Names of variables that enclosing scopes assign, which this one must not.</param>
    public StateFlow? ReadFlow(FieldReader fields, IReadOnlyCollection<string> outerVariables)
    {
        var startAt = fields.RequireString("StartAt");
        if (fields.Require("States") is not { } json)
        {
            return null;
        }

        var inner = new FieldReader(json, fields.PathOf("States"), problems);
        var assigned = AssignedVariables.In(json).ToHashSet();
        AssignedVariables.Check(json, inner.Path, outerVariables, problems);
        var scope = assigned.Union(outerVariables).ToHashSet();
        var states = new Dictionary<string, State>();
        var edges = new Dictionary<string, IReadOnlyList<(string Target, string Path)>>();
        foreach (var name in inner.Names)
        {
            CheckName(name, inner);
            var reader = new StateReader(this, new FieldReader(inner.Take(name)!.Value, inner.PathOf(name), problems), name, scope);
            if (reader.Read() is { } state)
            {
                states[name] = state;
            }

            edges[name] = reader.Targets;
        }

        if (edges.Count == 0)
        {
            fields.Wrong("States", "must hold a state");
            return null;
        }

        CheckTransitions(fields, startAt, edges, states);
        return startAt is not null && states.ContainsKey(startAt) ? new StateFlow(startAt, states) : null;
    }

    public static void RefuseOtherQueryLanguage(FieldReader fields)
    {
        if (fields.String("QueryLanguage") is { } language && language != "JSONPath")
        {
            fields.Wrong("QueryLanguage", $"{language} is {(language == "JSONata" ? "not supported" : "unknown")}; use JSONPath");
        }
    }

    private void CheckName(string name, FieldReader states)
    {
        if (name.EnumerateRunes().Count() is 0 or > MaxStateName)
        {
            states.Wrong(name, $"a state's name has 1 to {MaxStateName} characters");
        }

        if (!stateNames.TryAdd(name, states.PathOf(name)))
        {
            states.Wrong(name, $"the name is taken by {stateNames[name]}: it must be unique in the whole machine");
        }
    }

    private void CheckTransitions(
        FieldReader fields, string? startAt, Dictionary<string, IReadOnlyList<(string Target, string Path)>> edges,
        Dictionary<string, State> states)
    {
        foreach (var (target, path) in edges.Values.SelectMany(each => each).Where(edge => !edges.ContainsKey(edge.Target)))
        {
            problems.Add(new DefinitionProblem(path, $"there is no state '{target}' here to go to"));
        }

        if (startAt is null)
        {
            return;
        }

        if (!edges.ContainsKey(startAt))
        {
            fields.Wrong("StartAt", $"there is no state '{startAt}'");
            return;
        }

        var reached = new HashSet<string>();
        var open = new Stack<string>([startAt]);
        while (open.TryPop(out var name))
        {
            if (reached.Add(name))
            {
                foreach (var (target, _) in edges[name].Where(edge => edges.ContainsKey(edge.Target)))
                {
                    open.Push(target);
                }
            }
        }

        foreach (var name in edges.Keys.Where(name => !reached.Contains(name)))
        {
            var path = FieldReader.Step(fields.PathOf("States"), name);
            problems.Add(new DefinitionProblem(path, "the state can't be reached from StartAt"));
        }

        // A state that could not be read may have been the end.
        if (states.Count == edges.Count && !states.Values.Any(state => state is not ChoiceState && state.Next is null))
        {
            fields.Wrong("States", "no state ends the flow: one must be a Succeed, a Fail, or have \"End\": true");
        }
    }
}
