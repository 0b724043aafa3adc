using YamlDotNet.RepresentationModel;

namespace Aiops.Pipeline.Recommend;

/// <summary>One mapping of a playbook file, read strictly: each problem is noted with its line and reading goes on.</summary>
internal sealed class YamlFields
{
    private readonly string file;
    private readonly YamlMappingNode mapping;
    private readonly List<PlaybookProblem> problems;

    public YamlFields(string file, YamlMappingNode mapping, List<PlaybookProblem> problems, IReadOnlyList<string> known)
    {
        (this.file, this.mapping, this.problems) = (file, mapping, problems);
        foreach (var key in mapping.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
            {
                Refuse(key, $"The member {key} isn't known here.", $"Use one of: {string.Join(", ", known)}.");
            }
        }
    }

    public int LineOf(string name) => LineOf(mapping.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : mapping);

    /// <summary>The text of a member; empty, and a problem noted, where it is missing or no text.</summary>
    public string Text(string name) => OptionalText(name) ?? Missing(name, "a text");

    public string? OptionalText(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value))
        {
            return value.Trim();
        }

        Refuse(node, $"{name} must be a text.", $"Write {name}: and a text after it.");
        return "";
    }

    /// <summary>A list of texts; empty where the member isn't there.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string name)
    {
        if (Find(name) is not { } node)
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } sequence || sequence.Any(item => item is not YamlScalarNode { Value.Length: > 0 }))
        {
            Refuse(node, $"{name} must be a list of texts.", $"Write {name}: [one, another], or leave it out.");
            return [];
        }

        return [.. sequence.Children.Select(item => (((YamlScalarNode)item).Value!, LineOf(item)))];
    }

    /// <summary>A list of a closed set's values by their names, in camel case as JSON has them.</summary>
    public IReadOnlyList<T> Names<T>(string name) where T : struct, Enum
        => [.. Texts(name).Select(item => Name<T>(item.Text, name, item.Line)).OfType<T>()];

    public T? Name<T>(string text, string name, int line) where T : struct, Enum
    {
        // Digits and lists that Enum.TryParse would take name nothing here.
        foreach (var value in Enum.GetValues<T>())
        {
            if (CamelCase(value.ToString()) == text)
            {
                return value;
            }
        }

        problems.Add(new PlaybookProblem(
            file, line, $"“{text}” isn't one of {name}.", $"Use one of: {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}."));
        return null;
    }

    public bool Flag(string name) => Find(name) switch
    {
        null or YamlScalarNode { Value: "false" } => false,
        YamlScalarNode { Value: "true" } => true,
        var node => Refuse(node, $"{name} must be true or false.", $"Write {name}: true, or leave it out."),
    };

    public YamlFields? Mapping(string name, IReadOnlyList<string> known, bool required)
    {
        switch (Find(name))
        {
            case YamlMappingNode child:
                return new YamlFields(file, child, problems, known);
            case null when !required:
                return null;
            case null:
                _ = Missing(name, "a mapping");
                return null;
            case var node:
                Refuse(node, $"{name} must be a mapping.", $"Write {name}: and its members below, indented.");
                return null;
        }
    }

    /// <summary>A list of mappings; a problem is noted where it is missing or empty.</summary>
    public IReadOnlyList<YamlFields> Mappings(string name, IReadOnlyList<string> known)
    {
        switch (Find(name))
        {
            case YamlSequenceNode { Children.Count: > 0 } sequence when sequence.All(item => item is YamlMappingNode):
                return [.. sequence.Children.Select(item => new YamlFields(file, (YamlMappingNode)item, problems, known))];
            case null:
                _ = Missing(name, "a list");
                return [];
            case var node:
                Refuse(node, $"{name} must be a list of mappings.", $"Write {name}: and below it entries that begin with “- text:”.");
                return [];
        }
    }

    /// <summary>Text by text, for members whose names are anybody's.</summary>
    public IReadOnlyDictionary<string, string> Dictionary(string name)
    {
        Dictionary<string, string> entries = [];
        if (Find(name) is { } node)
        {
            if (node is not YamlMappingNode child)
            {
                Refuse(node, $"{name} must be a mapping.", $"Write {name}: and Name: value below it, indented.");
                return entries;
            }

            foreach (var (key, value) in child.Children)
            {
                if (key is YamlScalarNode { Value.Length: > 0 } k && value is YamlScalarNode { Value.Length: > 0 } v)
                {
                    entries[k.Value!] = v.Value!;
                }
                else
                {
                    Refuse(key, $"{name} takes texts only.", "Write Name: value.");
                }
            }
        }

        return entries;
    }

    public bool Refuse(string name, string message, string remedy) => Refuse(Find(name) ?? mapping, message, remedy);

    private bool Refuse(YamlNode node, string message, string remedy)
    {
        problems.Add(new PlaybookProblem(file, LineOf(node), message, remedy));
        return false;
    }

    private string Missing(string name, string what)
    {
        Refuse(mapping, $"{name} is missing.", $"Add {name}: with {what}.");
        return "";
    }

    private YamlNode? Find(string name) => mapping.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    private static int LineOf(YamlNode node) => (int)node.Start.Line;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
