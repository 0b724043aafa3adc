using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What the assembly says of all its functions.</summary>
/// <param name="Serializer">The fully qualified type, or null.</param>
internal sealed record AssemblyModel(string? Serializer, bool GenerateMain, bool IsExecutable)
{
    public static AssemblyModel Read(Compilation compilation)
    {
        var attributes = compilation.Assembly.GetAttributes();
        var serializer = Named(Names.LambdaSerializer)?.ConstructorArguments[0].Value as ITypeSymbol;
        var main = Named(Names.LambdaGlobalProperties)?.NamedArguments.Any(argument => argument.Key == "GenerateMain" && argument.Value.Value is true);
        return new AssemblyModel(
            serializer?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), main == true,
            compilation.Options.OutputKind == OutputKind.ConsoleApplication);

        AttributeData? Named(string name) =>
            attributes.FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);
    }
}

/// <summary>The class with [LambdaStartup], or none.</summary>
internal sealed record StartupModel(string FullName, bool ConfiguresServices, Location Location)
{
    public static StartupModel Read(INamedTypeSymbol type, Location location) => new(
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        type.GetMembers("ConfigureServices").OfType<IMethodSymbol>().Any(method => method.ReturnsVoid && method.Parameters.Length == 1
            && method.Parameters[0].Type.ToDisplayString() == "Microsoft.Extensions.DependencyInjection.IServiceCollection"),
        location);
}
