using Aiops.Analysis.LogPatterns;

namespace Aiops.Analysis.RootCauses;

/// <summary>What a break in the order of log lines within traces says of the component whose line is missing or new.</summary>
internal static class SequenceEvidence
{
    /// <summary>A log likelihood ratio is a weight in nats already.</summary>
    public static Finding Of(SequenceShift shift)
        => new Finding.SequenceBroken(shift.Component, Math.Min(Strength.Most, shift.Nats), shift);
}
