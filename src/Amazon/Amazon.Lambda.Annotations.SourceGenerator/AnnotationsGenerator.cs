using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// For each method with [LambdaFunction] a wrapper <c>Class_Method_Generated</c>, and where the assembly asks for it the one Main
/// that runs the function named by ANNOTATIONS_HANDLER. The official generator also keeps a CloudFormation template in step;
/// this one doesn't, for the deployment is CDK's.
/// </summary>
[Generator]
public sealed class AnnotationsGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.LambdaFunction,
            (_, _) => true,
            (found, _) => new FunctionReader((IMethodSymbol)found.TargetSymbol, found.TargetNode.GetLocation()).Read()).Collect();
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.LambdaStartup,
            (_, _) => true,
            (found, _) => StartupModel.Read((INamedTypeSymbol)found.TargetSymbol, found.TargetNode.GetLocation())).Collect();
        var assembly = context.CompilationProvider.Select((compilation, _) => AssemblyModel.Read(compilation));
        context.RegisterSourceOutput(functions.Combine(startups).Combine(assembly), (output, read) =>
            Generate(output, read.Left.Left, read.Left.Right, read.Right));
    }

    private static void Generate(
        SourceProductionContext output,
        ImmutableArray<(FunctionModel? Model, IReadOnlyList<Diagnostic> Problems)> read,
        ImmutableArray<StartupModel> startups,
        AssemblyModel assembly)
    {
        if (read.IsEmpty)
            return;
        foreach (var problem in read.SelectMany(function => function.Problems).Concat(Refused(read, startups, assembly)))
            output.ReportDiagnostic(problem);
        if (assembly.Serializer is null)
            return;

        // Of functions with the same name, which are refused, the first; their wrappers might be of one name as well.
        var functions = read.Select(function => function.Model).OfType<FunctionModel>()
            .GroupBy(function => function.Method).Select(same => same.First()).ToList();
        foreach (var function in functions)
            output.AddSource($"{function.WrapperName}.g.cs", new WrapperWriter(function, startups.FirstOrDefault(), assembly.Serializer).Write());
        if (assembly is { GenerateMain: true, IsExecutable: true } && functions.Count > 0)
            output.AddSource("Program.g.cs", MainWriter.Write(functions, assembly.Serializer));
    }

    private static IEnumerable<Diagnostic> Refused(
        ImmutableArray<(FunctionModel? Model, IReadOnlyList<Diagnostic> Problems)> read,
        ImmutableArray<StartupModel> startups,
        AssemblyModel assembly)
    {
        var functions = read.Select(function => function.Model).OfType<FunctionModel>().ToList();
        if (assembly.Serializer is null)
            yield return Diagnostic.Create(Problems.NoSerializer, functions.FirstOrDefault()?.Location);
        foreach (var startup in startups.Skip(1))
            yield return Diagnostic.Create(Problems.SeveralStartups, startup.Location);
        foreach (var startup in startups.Where(startup => !startup.ConfiguresServices))
            yield return Diagnostic.Create(Problems.NoConfigureServices, startup.Location, startup.FullName);
        foreach (var function in functions.Where(function => startups.IsEmpty && function.Parameters.Any(parameter => parameter.Source == ParameterSource.Services)))
            yield return Diagnostic.Create(Problems.NoStartup, function.Location, function.Method);
        if (assembly is { GenerateMain: true, IsExecutable: false })
            yield return Diagnostic.Create(Problems.NotExecutable, Location.None);
        foreach (var twin in functions.GroupBy(function => function.Method).SelectMany(same => same.Skip(1)))
            yield return Diagnostic.Create(Problems.SameName, twin.Location, twin.Method);
    }
}
