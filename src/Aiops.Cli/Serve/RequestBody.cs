using System.Buffers;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.AspNetCore.Http;

namespace Aiops.Cli.Serve;

/// <summary>A request's body up to the limit to the byte, however it is sent: Kestrel's own limit counts the framing of chunks too.</summary>
internal static class RequestBody
{
    /// <returns>The body, or null when it is above <see cref="IncomingEvent.MaxBodyBytes"/>: then no more of it than that was read.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > IncomingEvent.MaxBodyBytes)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > IncomingEvent.MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
