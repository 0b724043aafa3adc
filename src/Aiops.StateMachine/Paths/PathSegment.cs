using System.Text.Json;

namespace Aiops.StateMachine.Paths;

/// <summary>One step of a JSONPath, away from the root.</summary>
internal abstract record PathSegment
{
    private PathSegment() { }

    /// <summary>A definite step leads to at most one value.</summary>
    public virtual bool IsDefinite => false;

    public sealed record Name(string Value) : PathSegment
    {
        public override bool IsDefinite => true;
    }

    public sealed record Index(int Value) : PathSegment
    {
        public override bool IsDefinite => true;
    }

    public sealed record Names(IReadOnlyList<string> Values) : PathSegment;

    public sealed record Indexes(IReadOnlyList<int> Values) : PathSegment;

    public sealed record Slice(int? Start, int? End) : PathSegment;

    public sealed record Wildcard : PathSegment;

    public sealed record Descend : PathSegment; // The two dots: this value and all below it, each tried with the next step.

    public sealed record Filter(FilterExpression Test) : PathSegment;
}

/// <summary>What stands in brackets after a question mark; <c>@</c> is the value under test.</summary>
internal abstract record FilterExpression
{
    private FilterExpression() { }

    public sealed record Or(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record And(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record Not(FilterExpression Inner) : FilterExpression;

    public sealed record Exists(Operand Value) : FilterExpression;

    public sealed record Compare(Operand Left, string Operator, Operand Right) : FilterExpression;
}

internal abstract record Operand
{
    private Operand() { }

    public sealed record Literal(JsonElement Value) : Operand;

    public sealed record Pattern(string Value, bool IgnoreCase) : Operand;

    public sealed record Path(bool FromCurrent, IReadOnlyList<PathSegment> Segments) : Operand;
}
