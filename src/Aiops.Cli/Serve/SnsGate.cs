using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Cli.Serve;

/// <summary>Whether an SNS message that came over HTTP is to be believed: a closed set.</summary>
internal abstract record SnsVerdict
{
    private SnsVerdict() { }

    public sealed record Genuine : SnsVerdict;

    public sealed record Refused(string Reason) : SnsVerdict;

    /// <summary>The certificate can't be had now; SNS is to send the message again.</summary>
    public sealed record Undecided(string Reason) : SnsVerdict;
}

/// <summary>
/// Believes SNS messages that SNS has signed, of topics that are allowed. The topic comes first: it costs nothing, and a
/// stranger then can't make us fetch certificates.
/// </summary>
internal sealed class SnsGate(SnsSubscriptionPolicy policy, ISigningCertificates certificates)
{
    public async Task<SnsVerdict> JudgeAsync(SnsEnvelope envelope, CancellationToken cancellationToken)
    {
        if (!policy.Allows(envelope.TopicArn))
        {
            return new SnsVerdict.Refused("its topic is not among the allowed ones");
        }

        if (SnsSignature.CertificateAddress(envelope) is not { } address)
        {
            return new SnsVerdict.Refused("the signing certificate's address is not one of SNS");
        }

        if (await certificates.FindAsync(address, cancellationToken) is not { } certificate)
        {
            return new SnsVerdict.Undecided("the signing certificate can't be had or is out of its dates");
        }

        return SnsSignature.Check(envelope, certificate) switch
        {
            SignatureCheck.Valid => new SnsVerdict.Genuine(),
            SignatureCheck.Refused refused => new SnsVerdict.Refused(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
