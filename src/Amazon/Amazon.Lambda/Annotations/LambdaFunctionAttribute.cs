namespace Amazon.Lambda.Annotations;

/// <summary>
/// Makes a method a Lambda function: a wrapper is generated for it, and a case in the generated Main. The properties are for
/// the CloudFormation template that the official generator also writes; the deployment of this project sets its own.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    public string ResourceName { get; set; }

    /// <summary>In seconds.</summary>
    public uint Timeout { get; set; }

    /// <summary>In megabytes.</summary>
    public uint MemorySize { get; set; }

    public string Role { get; set; }

    public string Policies { get; set; }

    public LambdaPackageType PackageType { get; set; }
}

public enum LambdaPackageType
{
    Zip = 0,
    Image = 1,
}
