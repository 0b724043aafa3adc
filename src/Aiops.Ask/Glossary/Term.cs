namespace Aiops.Ask.Glossary;

/// <summary>What people call something.</summary>
/// <param name="Name">The word that all others are taken for.</param>
/// <param name="Also">Synonyms and abbreviations.</param>
/// <param name="Means">In terms of tables and columns.</param>
public sealed record Term(string Name, IReadOnlyList<string> Also, string Means);
