using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aiops.StateMachine.Paths;

/// <summary>Reads a path, alone or as an argument in a longer text.</summary>
internal sealed class JsonPathParser(string text, int start = 0)
{
    private int position = start;

    public int Position => position;

    private char Current => position < text.Length ? text[position] : '\0';

    public JsonPath ParseWhole()
    {
        var path = ParseRooted();
        return position == text.Length ? path : throw Wrong($"unexpected '{Current}'");
    }

    /// <summary>Reads as far as the path goes; <see cref="Position"/> is then the character after it.</summary>
    public JsonPath ParseRooted()
    {
        var begin = position;
        Expect('$');
        var root = PathRoot.Input;
        string? variable = null;
        if (Current == '$')
        {
            position++;
            root = PathRoot.Context;
        }
        else if (VariableName.IsStart(Current))
        {
            var nameStart = position;
            while (VariableName.IsPart(Current))
            {
                position++;
            }

            variable = text[nameStart..position];
            root = PathRoot.Variable;
        }

        var segments = ParseSegments(StopsOutside);
        return new JsonPath(text[begin..position], root, variable, segments);
    }

    private static bool StopsOutside(char c) => c is ',' or ')' or ' ' or '\0';

    private static bool StopsInFilter(char c)
        => c is ' ' or ')' or ']' or '=' or '!' or '<' or '>' or '&' or '|' or ',' or '~' or '\0';

    private List<PathSegment> ParseSegments(Func<char, bool> stops)
    {
        var segments = new List<PathSegment>();
        while (!stops(Current))
        {
            switch (Current)
            {
                case '.' when Peek(1) == '.':
                    position += 2;
                    segments.Add(new PathSegment.Descend());
                    if (Current != '[')
                    {
                        segments.Add(ParseDotName(stops));
                    }

                    break;
                case '.' when Peek(1) == '[': // Both notations at once, which Jayway's library lets pass.
                    position++;
                    break;
                case '.':
                    position++;
                    segments.Add(ParseDotName(stops));
                    break;
                case '[':
                    segments.Add(ParseBracket());
                    break;
                default:
                    throw Wrong($"unexpected '{Current}'");
            }
        }

        return segments;
    }

    private PathSegment ParseDotName(Func<char, bool> stops)
    {
        if (Current == '*')
        {
            position++;
            return new PathSegment.Wildcard();
        }

        var name = new StringBuilder();
        while (Current is not ('.' or '[') && !stops(Current))
        {
            if (Current == '(')
            {
                throw Wrong("functions are not supported in paths");
            }

            if (Current == '\\')
            {
                position++;
                name.Append(ParseEscaped());
                continue;
            }

            if (Current is '@' or '?' or ':')
            {
                throw Wrong($"'{Current}' must be escaped in a name");
            }

            name.Append(Current);
            position++;
        }

        return name.Length > 0 ? new PathSegment.Name(name.ToString()) : throw Wrong("a name is missing after '.'");
    }

    private char ParseEscaped()
    {
        if (position >= text.Length)
        {
            throw Wrong("the text ends in a backslash");
        }

        if (Current == 'u' && position + 4 < text.Length
            && ushort.TryParse(text.AsSpan(position + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            position += 5;
            return (char)code;
        }

        return text[position++];
    }

    private PathSegment ParseBracket()
    {
        Expect('[');
        SkipSpaces();
        PathSegment segment;
        switch (Current)
        {
            case '*':
                position++;
                segment = new PathSegment.Wildcard();
                break;
            case '?':
                position++;
                SkipSpaces();
                Expect('(');
                var test = ParseOr();
                SkipSpaces();
                Expect(')');
                segment = new PathSegment.Filter(test);
                break;
            case '\'' or '"':
                var names = new List<string> { ParseQuoted() };
                while (TryTakeComma())
                {
                    names.Add(ParseQuoted());
                }

                segment = names.Count == 1 ? new PathSegment.Name(names[0]) : new PathSegment.Names(names);
                break;
            default:
                segment = ParseIndexes();
                break;
        }

        SkipSpaces();
        Expect(']');
        return segment;
    }

    private PathSegment ParseIndexes()
    {
        var first = ParseOptionalInteger();
        SkipSpaces();
        if (Current == ':')
        {
            position++;
            SkipSpaces();
            var end = ParseOptionalInteger();
            return first is null && end is null ? throw Wrong("a slice needs a start or an end")
                : new PathSegment.Slice(first, end);
        }

        if (first is null)
        {
            throw Wrong("an index, a quoted name, '*' or '?(' is missing after '['");
        }

        var indexes = new List<int> { first.Value };
        while (TryTakeComma())
        {
            indexes.Add(ParseOptionalInteger() ?? throw Wrong("an index is missing"));
        }

        return indexes.Count == 1 ? new PathSegment.Index(indexes[0]) : new PathSegment.Indexes(indexes);
    }

    private FilterExpression ParseOr()
    {
        var left = ParseAnd();
        while (TryTake("||"))
        {
            left = new FilterExpression.Or(left, ParseAnd());
        }

        return left;
    }

    private FilterExpression ParseAnd()
    {
        var left = ParseTest();
        while (TryTake("&&"))
        {
            left = new FilterExpression.And(left, ParseTest());
        }

        return left;
    }

    private FilterExpression ParseTest()
    {
        SkipSpaces();
        if (Current == '!' && Peek(1) != '=')
        {
            position++;
            return new FilterExpression.Not(ParseTest());
        }

        if (Current == '(')
        {
            position++;
            var inner = ParseOr();
            SkipSpaces();
            Expect(')');
            return inner;
        }

        var left = ParseOperand();
        SkipSpaces();
        foreach (var op in (string[])["==", "!=", "<=", ">=", "=~", "<", ">", "in ", "nin ", "size ", "empty ", "contains "])
        {
            if (TryTake(op))
            {
                SkipSpaces();
                return new FilterExpression.Compare(left, op.TrimEnd(), ParseOperand());
            }
        }

        return left is Operand.Path ? new FilterExpression.Exists(left) : throw Wrong("a comparison is missing in the filter");
    }

    private Operand ParseOperand()
    {
        SkipSpaces();
        switch (Current)
        {
            case '@' or '$':
                var fromCurrent = Current == '@';
                position++;
                return new Operand.Path(fromCurrent, ParseSegments(StopsInFilter));
            case '\'' or '"':
                return new Operand.Literal(Json.String(ParseQuoted()));
            case '/':
                return ParsePattern();
            case '[':
                return new Operand.Literal(ParseList());
            default:
                var begin = position;
                while (char.IsLetterOrDigit(Current) || Current is '-' or '+' or '.')
                {
                    position++;
                }

                return new Operand.Literal(ParseLiteral(text[begin..position]));
        }
    }

    private JsonElement ParseList()
    {
        Expect('[');
        var items = new List<JsonElement>();
        SkipSpaces();
        while (Current != ']')
        {
            items.Add(ParseOperand() is Operand.Literal literal ? literal.Value : throw Wrong("a list holds literals only"));
            if (!TryTakeComma())
            {
                break;
            }
        }

        SkipSpaces();
        Expect(']');
        return Json.Array(items);
    }

    private Operand.Pattern ParsePattern()
    {
        Expect('/');
        var pattern = new StringBuilder();
        while (Current is not ('/' or '\0'))
        {
            if (Current == '\\' && Peek(1) == '/')
            {
                position++;
            }

            pattern.Append(Current);
            position++;
        }

        Expect('/');
        var ignoreCase = Current == 'i';
        position += ignoreCase ? 1 : 0;
        return new Operand.Pattern(pattern.ToString(), ignoreCase);
    }

    private JsonElement ParseLiteral(string literal)
    {
        try
        {
            return JsonElement.Parse(literal);
        }
        catch (JsonException)
        {
            throw Wrong($"'{literal}' is no literal of a filter");
        }
    }

    private string ParseQuoted()
    {
        SkipSpaces();
        var quote = Current;
        if (quote is not ('\'' or '"'))
        {
            throw Wrong("a quoted name is missing");
        }

        position++;
        var value = new StringBuilder();
        while (Current != quote)
        {
            if (position >= text.Length)
            {
                throw Wrong("a quote is not closed");
            }

            if (Current == '\\')
            {
                position++;
                value.Append(ParseEscaped());
                continue;
            }

            value.Append(Current);
            position++;
        }

        position++;
        return value.ToString();
    }

    private int? ParseOptionalInteger()
    {
        SkipSpaces();
        var begin = position;
        if (Current == '-')
        {
            position++;
        }

        while (char.IsAsciiDigit(Current))
        {
            position++;
        }

        return position == begin ? null
            : int.TryParse(text.AsSpan(begin, position - begin), CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong($"'{text[begin..position]}' is no index");
    }

    private bool TryTakeComma()
    {
        SkipSpaces();
        return TryTake(",");
    }

    private bool TryTake(string token)
    {
        SkipSpaces();
        if (string.CompareOrdinal(text, position, token, 0, token.Length) != 0)
        {
            return false;
        }

        position += token.Length;
        return true;
    }

    private char Peek(int ahead) => position + ahead < text.Length ? text[position + ahead] : '\0';

    private void SkipSpaces()
    {
        while (Current == ' ')
        {
            position++;
        }
    }

    private void Expect(char c)
    {
        if (Current != c)
        {
            throw Wrong($"'{c}' is missing");
        }

        position++;
    }

    private FormatException Wrong(string reason) => new($"'{text}' is no path: {reason} at character {position + 1}");
}
