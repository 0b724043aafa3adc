using Aiops.Analysis.Telemetry;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aiops.Pipeline.Recommend;

/// <summary>Reads one playbook file. Strict: an unknown or missing member refuses the file, with line and remedy.</summary>
internal static class PlaybookReader
{
    private static readonly string[] Members = ["id", "title", "matches", "steps", "risk", "reason", "rollback", "check"];
    private static readonly string[] MatchMembers = ["incidents", "causes", "resources", "evidence", "withoutCause"];
    private static readonly string[] EvidenceMembers = ["metrics", "logs", "changes", "alarms"];
    private static readonly string[] StepMembers = ["text", "command", "document"];
    private static readonly string[] DocumentMembers = ["name", "parameters"];

    /// <returns>The playbook, or null with at least one problem added.</returns>
    public static Playbook? Read(string file, string yaml, List<PlaybookProblem> problems)
    {
        var before = problems.Count;
        if (RootOf(file, yaml, problems) is not { } root)
        {
            return null;
        }

        var fields = new YamlFields(file, root, problems, Members);
        var risk = fields.Text("risk");
        var playbook = new Playbook
        {
            Id = fields.Text("id"),
            Title = fields.Text("title"),
            Matches = MatchesOf(fields),
            Steps = [.. fields.Mappings("steps", StepMembers).Select(StepOf)],
            Risk = risk.Length == 0 ? default : fields.Name<ActionRisk>(risk, "risk", fields.LineOf("risk")) ?? default,
            Reason = fields.Text("reason"),
            Rollback = fields.Text("rollback"),
            Check = fields.Text("check"),
        };
        if (playbook.Id.Length > 0 && playbook.Id != Path.GetFileNameWithoutExtension(file))
        {
            fields.Refuse("id", $"The id “{playbook.Id}” isn't the file's name.", $"Name the file {playbook.Id}.yaml or change the id.");
        }

        foreach (var name in (string[])["title", "reason", "rollback", "check"])
        {
            CheckPlaceholders(fields, name, fields.OptionalText(name));
        }

        return problems.Count == before ? playbook : null;
    }

    private static YamlMappingNode? RootOf(string file, string yaml, List<PlaybookProblem> problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            problems.Add(new PlaybookProblem(file, 1, "A playbook is one mapping.", $"Begin with id: and {string.Join(", ", Members[1..])}."));
        }
        catch (YamlException e)
        {
            problems.Add(new PlaybookProblem(file, (int)e.Start.Line, $"This isn't YAML: {e.Message}", "Correct the line; quote texts that hold “: ” or begin with a mark."));
        }

        return null;
    }

    private static PlaybookMatches MatchesOf(YamlFields fields)
    {
        if (fields.Mapping("matches", MatchMembers, required: true) is not { } matches)
        {
            return new PlaybookMatches();
        }

        var evidence = matches.Mapping("evidence", EvidenceMembers, required: false);
        var read = new PlaybookMatches
        {
            Incidents = matches.Names<IncidentKind>("incidents"),
            Causes = matches.Names<CauseKind>("causes"),
            Resources = [.. matches.Texts("resources").Select(item => item.Text)],
            Metrics = [.. evidence?.Texts("metrics").Select(item => item.Text) ?? []],
            Logs = [.. evidence?.Texts("logs").Select(item => item.Text) ?? []],
            Changes = evidence?.Names<ChangeKind>("changes") ?? [],
            Alarms = [.. evidence?.Texts("alarms").Select(item => item.Text) ?? []],
            WithoutCause = matches.Flag("withoutCause"),
        };
        if (read.Causes.Count == 0 && evidence is null)
        {
            fields.Refuse("matches", "Nothing says when it applies.", "Add causes: or evidence: to matches.");
        }

        return read;
    }

    private static PlaybookStep StepOf(YamlFields step)
    {
        var (text, command) = (step.Text("text"), step.OptionalText("command"));
        CheckPlaceholders(step, "text", text);
        CheckPlaceholders(step, "command", command);
        if (command?.AsSpan().ContainsAny('\n', '\r') is true)
        {
            step.Refuse("command", "A command is one line.", "Fold it with “>-”, or make it two steps.");
        }

        if (step.Mapping("document", DocumentMembers, required: false) is not { } document)
        {
            return new PlaybookStep(text, command, null);
        }

        var parameters = document.Dictionary("parameters");
        foreach (var value in parameters.Values)
        {
            CheckPlaceholders(document, "parameters", value);
        }

        return new PlaybookStep(text, command, new AutomationDocument(document.Text("name"), parameters));
    }

    private static void CheckPlaceholders(YamlFields fields, string member, string? text)
    {
        foreach (var name in Placeholders.In(text ?? "").Where(name => !Placeholders.Known.Contains(name)))
        {
            fields.Refuse(member, $"The placeholder {{{name}}} isn't known.", $"Use one of: {string.Join(", ", Placeholders.Known)}.");
        }
    }
}
