using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Intrinsics;

/// <summary>A JSON value in which fields whose names end in ".$" are computed.</summary>
internal abstract record PayloadTemplate
{
    private PayloadTemplate() { }

    public sealed record Constant(JsonElement Value) : PayloadTemplate;

    public sealed record Computed(string Field, Expression Value) : PayloadTemplate;

    public sealed record Members(IReadOnlyList<KeyValuePair<string, PayloadTemplate>> Fields) : PayloadTemplate;

    public sealed record Items(IReadOnlyList<PayloadTemplate> Values) : PayloadTemplate;

    public JsonElement Evaluate(DataScope scope) => this switch
    {
        Constant constant => constant.Value,
        Computed computed => computed.Value.Evaluate(scope, computed.Field),
        Members members => Json.Object(members.Fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Evaluate(scope)))),
        Items items => Json.Array(items.Values.Select(item => item.Evaluate(scope))),
        _ => throw new InvalidOperationException("Unknown kind of template."),
    };
}
