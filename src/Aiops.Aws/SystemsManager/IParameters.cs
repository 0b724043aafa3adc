namespace Aiops.Aws.SystemsManager;

/// <summary>Small texts that operators change while the system runs (Systems Manager's Parameter Store).</summary>
public interface IParameters
{
    /// <returns>By name; one that doesn't exist is left out.</returns>
    Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);
}
