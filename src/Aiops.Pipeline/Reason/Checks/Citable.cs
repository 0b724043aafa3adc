namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Something that a claim may cite, as it was told to the model but with nothing hidden.</summary>
/// <param name="Text">All that it holds: its sentence and its times.</param>
/// <param name="Evidence">What a report shows of it; null for the incident and its hypotheses, which it shows anyway.</param>
public sealed record Citable(string Id, string Component, string Text, Evidence? Evidence);
