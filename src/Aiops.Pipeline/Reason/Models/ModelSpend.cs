namespace Aiops.Pipeline.Reason.Models;

/// <summary>What calls to a model cost.</summary>
/// <param name="Calls">Requests answered, or reserved.</param>
/// <param name="Tokens">Input and output together.</param>
/// <param name="MicroDollars">Millionths of a US dollar, rounded up.</param>
public readonly record struct ModelSpend(int Calls, long Tokens, long MicroDollars)
{
    public static ModelSpend operator +(ModelSpend a, ModelSpend b) => new(a.Calls + b.Calls, a.Tokens + b.Tokens, a.MicroDollars + b.MicroDollars);

    public static ModelSpend operator -(ModelSpend a, ModelSpend b) => new(a.Calls - b.Calls, a.Tokens - b.Tokens, a.MicroDollars - b.MicroDollars);

    public static ModelSpend Zero => default;

    /// <summary>Whether none of it is above the cap's.</summary>
    public bool IsWithin(ModelSpend cap) => Calls <= cap.Calls && Tokens <= cap.Tokens && MicroDollars <= cap.MicroDollars;
}
