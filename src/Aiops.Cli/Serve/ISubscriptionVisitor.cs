namespace Aiops.Cli.Serve;

/// <summary>Visits the address that makes an SNS subscription begin. It was checked to be one of SNS: no redirect may lead elsewhere.</summary>
internal interface ISubscriptionVisitor
{
    /// <returns>False when it wasn't reached in time or didn't answer with success.</returns>
    Task<bool> VisitAsync(Uri address, CancellationToken cancellationToken);
}
