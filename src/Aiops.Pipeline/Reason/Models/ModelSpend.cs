namespace Aiops.Pipeline.Reason.Models;

/// <summary>What calls to a model cost.</summary>
/// <param name="Calls">Requests answered, or reserved.</param>
/// <param name="Tokens">Input and output together.</param>
/// <param name="MicroDollars">Millionths of a US dollar, rounded up.</param>
/// <param name="Time">For which a model was being asked, waits between tries included. As a cap it must be said: none allows no call.</param>
public readonly record struct ModelSpend(int Calls, long Tokens, long MicroDollars, TimeSpan Time = default)
{
    public static ModelSpend operator +(ModelSpend a, ModelSpend b)
        => new(a.Calls + b.Calls, a.Tokens + b.Tokens, a.MicroDollars + b.MicroDollars, a.Time + b.Time);

    public static ModelSpend operator -(ModelSpend a, ModelSpend b)
        => new(a.Calls - b.Calls, a.Tokens - b.Tokens, a.MicroDollars - b.MicroDollars, a.Time - b.Time);

    public static ModelSpend Zero => default;

    /// <summary>The larger of both, of each.</summary>
    public static ModelSpend Most(ModelSpend a, ModelSpend b)
        => new(Math.Max(a.Calls, b.Calls), Math.Max(a.Tokens, b.Tokens), Math.Max(a.MicroDollars, b.MicroDollars), a.Time > b.Time ? a.Time : b.Time);

    /// <summary>Whether none of it is above the cap's.</summary>
    public bool IsWithin(ModelSpend cap) => Calls <= cap.Calls && Tokens <= cap.Tokens && MicroDollars <= cap.MicroDollars && Time <= cap.Time;

    /// <summary>A quarter, calls rounded up: of one call a day, one is left to a question.</summary>
    internal ModelSpend Quarter() => new((Calls + 3) / 4, Tokens / 4, MicroDollars / 4, Time / 4);
}
