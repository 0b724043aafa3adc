namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of an assembly's handlers; it needs a public constructor without parameters.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; set; } = serializerType;
}
