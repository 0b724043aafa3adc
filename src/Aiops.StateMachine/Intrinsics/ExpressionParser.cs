using System.Globalization;
using System.Text;
using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Intrinsics;

/// <summary>Reads calls such as <c>States.Format('{} is {}', $.name, States.ArrayLength($.items))</c>.</summary>
internal sealed class ExpressionParser(string text)
{
    private const int MaxNesting = 10; // Step Functions guide, "Intrinsics for JSONPath": up to ten nested functions.

    private int position;

    private char Current => position < text.Length ? text[position] : '\0';

    public Expression Parse()
    {
        var call = ParseCall(1);
        SkipSpaces();
        return position == text.Length ? call : throw Wrong($"unexpected '{Current}'");
    }

    private Expression.Call ParseCall(int depth)
    {
        if (depth > MaxNesting)
        {
            throw Wrong($"functions nest more than {MaxNesting} deep");
        }

        var begin = position;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '.' or '_')
        {
            position++;
        }

        var name = text[begin..position];
        if (Current != '(')
        {
            throw Wrong("expected a path, which starts with '$', or an intrinsic function, which ends in ')'");
        }

        var function = IntrinsicFunction.Find(name) ?? throw Wrong($"there is no intrinsic function '{name}'");
        position++;
        var arguments = new List<Expression>();
        SkipSpaces();
        while (Current != ')')
        {
            arguments.Add(ParseArgument(depth));
            SkipSpaces();
            if (Current == ',')
            {
                position++;
                SkipSpaces();
                if (Current == ')')
                {
                    throw Wrong("an argument is missing after ','");
                }
            }
            else if (Current != ')')
            {
                throw Wrong(position < text.Length ? $"unexpected '{Current}'" : "')' is missing");
            }
        }

        position++;
        return arguments.Count >= function.MinArguments && arguments.Count <= function.MaxArguments
            ? new Expression.Call(text[begin..position], function, arguments)
            : throw Wrong($"{name} takes {function.Arity}, not {arguments.Count}");
    }

    private Expression ParseArgument(int depth)
    {
        switch (Current)
        {
            case '\'':
                return new Expression.Literal(Json.String(ParseString()));
            case '$':
                var path = new JsonPathParser(text, position);
                var value = path.ParseRooted();
                position = path.Position;
                return new Expression.Path(value);
            case '-' or (>= '0' and <= '9'):
                return ParseNumber();
            default:
                return TryTakeWord("null") ? new Expression.Literal(Json.Null)
                    : TryTakeWord("true") ? new Expression.Literal(Json.True)
                    : TryTakeWord("false") ? new Expression.Literal(Json.False)
                    : ParseCall(depth + 1);
        }
    }

    private Expression.Literal ParseNumber()
    {
        var begin = position;
        while (char.IsAsciiDigit(Current) || Current is '-' or '+' or '.' or 'e' or 'E')
        {
            position++;
        }

        try
        {
            return new Expression.Literal(JsonElement.Parse(text.AsSpan(begin, position - begin).ToString()));
        }
        catch (JsonException)
        {
            throw Wrong($"'{text[begin..position]}' is no number");
        }
    }

    // Keeps the escapes of braces, which only States.Format takes apart.
    private string ParseString()
    {
        position++;
        var value = new StringBuilder();
        while (Current != '\'')
        {
            if (position >= text.Length)
            {
                throw Wrong("a string is not closed");
            }

            if (Current == '\\')
            {
                position++;
                if (Current is not ('\'' or '{' or '}' or '\\'))
                {
                    throw Wrong("an open backslash: only \\' \\{ \\} and \\\\ are escapes");
                }

                value.Append(Current switch { '{' => EscapedText.OpenBrace, '}' => EscapedText.CloseBrace, var c => c });
            }
            else
            {
                value.Append(Current);
            }

            position++;
        }

        position++;
        return value.ToString();
    }

    private bool TryTakeWord(string word)
    {
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0
            || (position + word.Length < text.Length && char.IsLetterOrDigit(text[position + word.Length])))
        {
            return false;
        }

        position += word.Length;
        return true;
    }

    private void SkipSpaces()
    {
        while (char.IsWhiteSpace(Current))
        {
            position++;
        }
    }

    private FormatException Wrong(string reason)
        => new($"'{text}': {reason} (character {(position + 1).ToString(CultureInfo.InvariantCulture)})");
}
