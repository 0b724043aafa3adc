namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>Whether a message is from SNS: a closed set.</summary>
public abstract record SignatureCheck
{
    private SignatureCheck() { }

    public sealed record Valid : SignatureCheck;

    /// <summary>Not to be believed; the reason names what is wrong.</summary>
    public sealed record Refused(string Reason) : SignatureCheck;
}
