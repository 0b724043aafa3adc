using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.Internal;

/// <summary>Every operation of these services is signed with SigV4.</summary>
internal sealed class SignatureVersion4 : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        [new AuthSchemeOption { SchemeId = "aws.auth#sigv4" }];
}
