using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aiops.StateMachine.Paths;

/// <summary>Walks a value along the steps of a path.</summary>
internal static class JsonPathEvaluator
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static JsonElement? Select(JsonElement root, IReadOnlyList<PathSegment> segments)
    {
        var walk = new Walk(root, segments);
        return walk.Run();
    }

    private sealed class Walk(JsonElement root, IReadOnlyList<PathSegment> segments)
    {
        private readonly List<JsonElement> found = [];
        private bool missed;

        public JsonElement? Run()
        {
            Visit(root, 0, definite: true);
            // Several names as the last step make one object of them, so such a path is as definite as what leads there.
            var definite = segments.Take(segments.Count - 1).All(segment => segment.IsDefinite)
                && (segments.Count == 0 || segments[^1].IsDefinite || segments[^1] is PathSegment.Names);
            return missed ? null
                : definite ? found.Count > 0 ? found[0] : null
                : Json.Array(found);
        }

        private void Visit(JsonElement value, int step, bool definite)
        {
            if (step == segments.Count)
            {
                found.Add(value);
                return;
            }

            switch (segments[step])
            {
                case PathSegment.Name { Value: var name }:
                    if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member))
                    {
                        Visit(member, step + 1, definite);
                    }
                    else
                    {
                        missed |= definite;
                    }

                    break;
                case PathSegment.Names { Values: var names }:
                    VisitNames(value, names, step, definite);
                    break;
                case PathSegment.Index { Value: var index }:
                    VisitIndex(value, index, step, definite);
                    break;
                case PathSegment.Indexes { Values: var indexes } when IsArray(value, definite):
                    foreach (var index in indexes)
                    {
                        VisitIndex(value, index, step, definite: false);
                    }

                    break;
                case PathSegment.Slice slice when IsArray(value, definite):
                    VisitSlice(value, slice, step);
                    break;
                case PathSegment.Wildcard:
                    foreach (var child in Children(value))
                    {
                        Visit(child, step + 1, definite: false);
                    }

                    break;
                case PathSegment.Descend:
                    VisitDescendants(value, step);
                    break;
                case PathSegment.Filter { Test: var test }:
                    VisitFilter(value, test, step, definite);
                    break;
            }
        }

        private void VisitNames(JsonElement value, IReadOnlyList<string> names, int step, bool definite)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                missed |= definite;
                return;
            }

            var present = names.Where(name => value.TryGetProperty(name, out _))
                .Select(name => KeyValuePair.Create(name, value.GetProperty(name))).ToList();
            if (step == segments.Count - 1)
            {
                found.Add(Json.Object(present));
                return;
            }

            foreach (var (_, member) in present)
            {
                Visit(member, step + 1, definite: false);
            }
        }

        private void VisitIndex(JsonElement value, int index, int step, bool definite)
        {
            if (!IsArray(value, definite))
            {
                return;
            }

            var length = value.GetArrayLength();
            var at = index < 0 ? length + index : index;
            if (at >= 0 && at < length)
            {
                Visit(value[at], step + 1, definite);
            }
            else
            {
                missed |= definite;
            }
        }

        private void VisitSlice(JsonElement value, PathSegment.Slice slice, int step)
        {
            var length = value.GetArrayLength();
            var start = Clamp(slice.Start ?? 0);
            var end = Clamp(slice.End ?? length);
            for (var i = start; i < end; i++)
            {
                Visit(value[i], step + 1, definite: false);
            }

            int Clamp(int index) => Math.Clamp(index < 0 ? length + index : index, 0, length);
        }

        private void VisitDescendants(JsonElement value, int step)
        {
            // A scalar can't hold what the next step asks for, so only containers are tried.
            if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            {
                return;
            }

            Visit(value, step + 1, definite: false);
            foreach (var child in Children(value))
            {
                VisitDescendants(child, step);
            }
        }

        private void VisitFilter(JsonElement value, FilterExpression test, int step, bool definite)
        {
            // An object is tested as a whole, an array element by element.
            if (value.ValueKind == JsonValueKind.Object)
            {
                if (Passes(test, value))
                {
                    Visit(value, step + 1, definite: false);
                }
            }
            else if (IsArray(value, definite))
            {
                foreach (var item in value.EnumerateArray().Where(item => Passes(test, item)))
                {
                    Visit(item, step + 1, definite: false);
                }
            }
        }

        private bool IsArray(JsonElement value, bool definite)
        {
            var isArray = value.ValueKind == JsonValueKind.Array;
            missed |= definite && !isArray;
            return isArray;
        }

        private static IEnumerable<JsonElement> Children(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => value.EnumerateArray(),
            _ => [],
        };

        private bool Passes(FilterExpression test, JsonElement current) => test switch
        {
            FilterExpression.Or or => Passes(or.Left, current) || Passes(or.Right, current),
            FilterExpression.And and => Passes(and.Left, current) && Passes(and.Right, current),
            FilterExpression.Not not => !Passes(not.Inner, current),
            FilterExpression.Exists exists => Value(exists.Value, current) is { } value
                && !(exists.Value is Operand.Path path && !path.Segments.All(s => s.IsDefinite) && value.GetArrayLength() == 0),
            FilterExpression.Compare compare => Compare(compare, current),
            _ => false,
        };

        private JsonElement? Value(Operand operand, JsonElement current) => operand switch
        {
            Operand.Literal literal => literal.Value,
            Operand.Path path => Select(path.FromCurrent ? current : root, path.Segments),
            _ => null,
        };

        private bool Compare(FilterExpression.Compare compare, JsonElement current)
        {
            var left = Value(compare.Left, current);
            if (compare.Right is Operand.Pattern pattern)
            {
                var options = RegexOptions.CultureInvariant | (pattern.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
                return compare.Operator == "=~" && left is { ValueKind: JsonValueKind.String } text
                    && Regex.IsMatch(text.GetString()!, $"^(?:{pattern.Value})$", options, PatternTimeout);
            }

            var right = Value(compare.Right, current);
            return compare.Operator switch
            {
                "==" => AreEqual(left, right),
                "!=" => !AreEqual(left, right),
                "<" => Order(left, right) is < 0,
                "<=" => Order(left, right) is <= 0,
                ">" => Order(left, right) is > 0,
                ">=" => Order(left, right) is >= 0,
                "in" => Holds(right, left),
                "nin" => !Holds(right, left),
                "contains" => left is { ValueKind: JsonValueKind.String } text
                    && right is { ValueKind: JsonValueKind.String } part
                    ? text.GetString()!.Contains(part.GetString()!, StringComparison.Ordinal)
                    : Holds(left, right),
                "size" => right is { ValueKind: JsonValueKind.Number } size && Length(left) is { } length
                    && size.TryGetInt32(out var wanted) && length == wanted,
                "empty" => Length(left) is { } count && count == 0 == (right?.ValueKind == JsonValueKind.True),
                _ => false,
            };
        }

        private static bool AreEqual(JsonElement? left, JsonElement? right)
            => left is { } a && right is { } b ? JsonElement.DeepEquals(a, b) : left is null && right is null;

        private static bool Holds(JsonElement? list, JsonElement? item)
            => list is { ValueKind: JsonValueKind.Array } array && item is { } wanted
                && array.EnumerateArray().Any(each => JsonElement.DeepEquals(each, wanted));

        private static int? Length(JsonElement? value) => value switch
        {
            { ValueKind: JsonValueKind.Array } array => array.GetArrayLength(),
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Length,
            { ValueKind: JsonValueKind.Object } members => members.GetPropertyCount(),
            _ => null,
        };

        private static int? Order(JsonElement? left, JsonElement? right) => (left, right) switch
        {
            ({ ValueKind: JsonValueKind.Number } a, { ValueKind: JsonValueKind.Number } b) => a.GetDouble().CompareTo(b.GetDouble()),
            ({ ValueKind: JsonValueKind.String } a, { ValueKind: JsonValueKind.String } b)
                => string.CompareOrdinal(a.GetString(), b.GetString()),
            _ => null,
        };
    }
}
