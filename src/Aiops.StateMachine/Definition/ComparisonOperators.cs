namespace Aiops.StateMachine.Definition;

/// <summary>The comparison operators of Choice rules, by name.</summary>
internal static class ComparisonOperators
{
    /// <summary>
    /// Those that compare with a literal; each but StringMatches and the Is-family has a twin ending in "Path".
    /// </summary>
    public static IReadOnlyDictionary<string, Comparison> Literal { get; }
        = All().ToDictionary(each => each.Name, each => each.Comparison);

    public static Comparison? Find(string name, out bool isPath)
    {
        isPath = false;
        if (Literal.TryGetValue(name, out var comparison))
        {
            return comparison;
        }

        isPath = name.EndsWith("Path", StringComparison.Ordinal)
            && Literal.TryGetValue(name[..^4], out comparison)
            && comparison.Type != ComparedType.Any && comparison.Relation != Relation.Matches;
        return isPath ? comparison : null;
    }

    private static IEnumerable<(string Name, Comparison Comparison)> All()
    {
        foreach (var type in (ComparedType[])[ComparedType.String, ComparedType.Numeric, ComparedType.Timestamp])
        {
            yield return ($"{type}Equals", new Comparison(type, Relation.Equal));
            yield return ($"{type}LessThan", new Comparison(type, Relation.Less));
            yield return ($"{type}GreaterThan", new Comparison(type, Relation.Greater));
            yield return ($"{type}LessThanEquals", new Comparison(type, Relation.LessOrEqual));
            yield return ($"{type}GreaterThanEquals", new Comparison(type, Relation.GreaterOrEqual));
        }

        yield return ("BooleanEquals", new Comparison(ComparedType.Boolean, Relation.Equal));
        yield return ("StringMatches", new Comparison(ComparedType.String, Relation.Matches));
        foreach (var relation in (Relation[])
            [Relation.IsNull, Relation.IsPresent, Relation.IsNumeric, Relation.IsString, Relation.IsBoolean, Relation.IsTimestamp])
        {
            yield return (relation.ToString(), new Comparison(ComparedType.Any, relation));
        }
    }
}
