using System.Text;

namespace Aiops.Tickets.Markdown;

/// <summary>CommonMark as Redmine shows it (text formatting "CommonMark Markdown" or "Markdown").</summary>
internal sealed class CommonMarkFormat : MarkdownFormat
{
    public override int MaxLength => RedmineText.MaxBytes;

    public override int Length(string body) => Encoding.UTF8.GetByteCount(body);

    protected override string Neutral(string text) => RedmineText.Neutral(text);

    protected override bool IsCodeKept(string code) => !RedmineText.HoldsMacro(code);
}
