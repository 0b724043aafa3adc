namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity of the mobile caller.</summary>
public interface ICognitoIdentity
{
    string IdentityId { get; }

    string IdentityPoolId { get; }
}
