using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Questions;

/// <summary>Addresses, accounts, tokens and listed names, as one question's calls hide them from a model and put them back.</summary>
internal sealed class HiddenWords
{
    private readonly Pseudonyms? words;

    private HiddenWords(Pseudonyms? words) => this.words = words;

    public static HiddenWords Of(ModelSettings? settings) => new(settings is { MaskReversibly: false } ? null : new Pseudonyms(settings?.Names ?? []));

    public string Hide(string text) => words?.Hide(SecretMask.Mask(text)) ?? SecretMask.Mask(text);

    public string Restore(string text) => words?.Restore(text) ?? text;

    /// <summary>Into a statement, whose literals they stand in.</summary>
    public string RestoreInSql(string sql) => words?.Restore(sql, value => value.Replace("'", "''", StringComparison.Ordinal)) ?? sql;
}
