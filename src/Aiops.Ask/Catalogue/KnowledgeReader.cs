using System.Text.RegularExpressions;
using Aiops.Ask.Glossary;
using Aiops.Ask.TrustedAnswers;
using Aiops.Pipeline.Recommend;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aiops.Ask.Catalogue;

/// <summary>Reads a knowledge file: <c>tables</c>, <c>glossary</c> and <c>pairs</c>, each where it has some. Unknown members are refused.</summary>
internal static partial class KnowledgeReader
{
    private static readonly string[] Members = ["tables", "glossary", "pairs"];
    private static readonly string[] TableMembers = ["name", "description", "time", "columns"];
    private static readonly string[] ColumnMembers = ["name", "type", "description", "unit", "values", "enumerate"];
    private static readonly string[] TermMembers = ["term", "also", "means"];
    private static readonly string[] PairMembers = ["id", "question", "also", "sql", "title", "chart"];
    private static readonly string[] Types = ["TIMESTAMP", "DATE", "VARCHAR", "DOUBLE", "BIGINT", "BOOLEAN"];
    private static readonly string[] Charts = ["bar", "line", "none"];

    public static KnowledgeLibrary Read(string file, string yaml, List<PlaybookProblem> problems)
    {
        if (RootOf(file, yaml, problems) is not { } root)
        {
            return new KnowledgeLibrary([], [], []);
        }

        var fields = new YamlFields(file, root, problems, Members);
        return new KnowledgeLibrary(
            Has(root, "tables") ? [.. fields.Mappings("tables", TableMembers).Select(TableOf)] : [],
            Has(root, "glossary") ? [.. fields.Mappings("glossary", TermMembers).Select(TermOf)] : [],
            Has(root, "pairs") ? [.. fields.Mappings("pairs", PairMembers).Select(pair => PairOf(pair, file))] : []);
    }

    private static bool Has(YamlMappingNode root, string member) => root.Children.ContainsKey(new YamlScalarNode(member));

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

            problems.Add(new PlaybookProblem(file, 1, "A knowledge file is one mapping.", $"Begin with {string.Join(", ", Members.Select(member => member + ":"))}."));
        }
        catch (YamlException e)
        {
            problems.Add(new PlaybookProblem(file, (int)e.Start.Line, $"This isn't YAML: {e.Message}", "Correct the line; quote texts that hold “: ” or begin with a mark."));
        }

        return null;
    }

    private static CatalogueTable TableOf(YamlFields fields)
    {
        var name = fields.Text("name");
        if (!Identifier().IsMatch(name))
        {
            fields.Refuse("name", $"“{name}” is no table's name here.", "Use small letters, digits and _, a letter first.");
        }

        return new CatalogueTable(name, fields.Text("description"), fields.OptionalText("time"), [.. fields.Mappings("columns", ColumnMembers).Select(ColumnOf)]);
    }

    private static CatalogueColumn ColumnOf(YamlFields fields)
    {
        var type = fields.Text("type");
        if (!Types.Contains(type))
        {
            fields.Refuse("type", $"“{type}” isn't a type here.", $"Use one of: {string.Join(", ", Types)}.");
        }

        return new CatalogueColumn(
            fields.Text("name"), type, fields.Text("description"), fields.OptionalText("unit"), [.. fields.Texts("values").Select(value => value.Text)], fields.Flag("enumerate"));
    }

    private static Term TermOf(YamlFields fields) => new(fields.Text("term"), [.. fields.Texts("also").Select(word => word.Text)], fields.Text("means"));

    private static TrustedPair PairOf(YamlFields fields, string file)
    {
        var chart = fields.OptionalText("chart");
        if (chart is not null && !Charts.Contains(chart))
        {
            fields.Refuse("chart", $"“{chart}” isn't a chart.", $"Use one of: {string.Join(", ", Charts)}, or leave it out.");
        }

        var pair = new TrustedPair(
            fields.Text("id"), fields.Text("question"), [.. fields.Texts("also").Select(wording => wording.Text)], fields.Text("sql"), fields.Text("title"), chart, file);
        foreach (var unknown in pair.Parameters.Except(TrustedPair.KnownParameters))
        {
            fields.Refuse("sql", $"The place ${unknown} isn't known.", $"Use one of: {string.Join(", ", TrustedPair.KnownParameters.Select(name => "$" + name))}.");
        }

        return pair;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant, 1_000)]
    internal static partial Regex Identifier();
}
