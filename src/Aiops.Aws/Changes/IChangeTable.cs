using Aiops.Analysis;

namespace Aiops.Aws.Changes;

/// <summary>The changes of an account as they were told, for as long as they are kept.</summary>
/// <exception cref="Pipeline.StoreUnavailableException">Any method: it can't answer now.</exception>
public interface IChangeTable
{
    /// <summary>False when the event was recorded before.</summary>
    Task<bool> AddAsync(ChangeRecord record, CancellationToken cancellationToken);

    /// <summary>Oldest first; the newest <paramref name="most"/> where there are more.</summary>
    Task<IReadOnlyList<ChangeRecord>> WithinAsync(
        string account, TimeWindow window, int most, CancellationToken cancellationToken);
}
