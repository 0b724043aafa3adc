using Aiops.Aws.Wire;
using Aiops.Aws.Wire.SystemsManager;

namespace Aiops.Aws.SystemsManager;

/// <summary>Parameters of Systems Manager's Parameter Store.</summary>
public sealed class SsmParameters(WireClient client) : IParameters
{
    private const int MostNames = 10; // Of one GetParameters.

    /// <exception cref="WireException">They can't be had now, or not by us.</exception>
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        Dictionary<string, string> found = [];
        foreach (var some in names.Chunk(MostNames))
        {
            var answer = await client.SendAsync(new GetParametersRequest { Names = some, WithDecryption = true }, cancellationToken);
            foreach (var parameter in answer.Parameters)
            {
                found[parameter.Name!] = parameter.Value ?? "";
            }
        }

        return found;
    }
}
