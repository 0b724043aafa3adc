using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Reads a method with [LambdaFunction] from its symbol; what it can't cover, it says.</summary>
internal sealed class FunctionReader(IMethodSymbol method, Location location)
{
    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat;
    private readonly List<Diagnostic> problems = [];

    public (FunctionModel? Model, IReadOnlyList<Diagnostic> Problems) Read()
    {
        var http = Attribute(method, Names.HttpApi);
        var route = http?.ConstructorArguments.ElementAtOrDefault(1).Value as string ?? "";
        var keys = route.Split('{').Skip(1).Select(part => part.Split('}')[0].TrimEnd('+')).ToList();
        if (http?.NamedArguments.Any(argument => argument.Key == "Version" && argument.Value.Value is 0) == true)
            Refuse(Problems.UnknownShape, "version 1 of the HTTP API's payload");
        foreach (var other in method.GetAttributes().Select(attribute => attribute.AttributeClass!.ToDisplayString())
            .Where(name => name.StartsWith("Amazon.Lambda.Annotations.", StringComparison.Ordinal) && name is not (Names.LambdaFunction or Names.HttpApi)))
            Refuse(Problems.UnknownShape, other);

        var parameters = method.Parameters.Select(parameter => Parameter(parameter, http is not null, keys)).ToList();
        if (parameters.Count(parameter => parameter.Source == ParameterSource.Event) > 1)
            Refuse(Problems.SeveralInputs);
        foreach (var key in keys.Where(key => !parameters.Any(parameter => parameter.Source == ParameterSource.Route && parameter.Key == key)))
            Refuse(Problems.UnboundRoute, key);

        var model = new FunctionModel(
            method.ContainingNamespace.IsGlobalNamespace ? "" : method.ContainingNamespace.ToDisplayString(),
            method.ContainingType.Name, method.Name, ReturnedBy(), parameters, http is not null, method.IsStatic, location);
        return (problems.Count == 0 ? model : null, problems);
    }

    private Returned ReturnedBy()
    {
        var type = method.ReturnType;
        if (method.ReturnsVoid)
            return new Returned(null, IsAsync: false, IsValueType: false, IsString: false);
        var name = type.OriginalDefinition.ToDisplayString(Plain);
        if (name == Names.Task)
            return new Returned(null, IsAsync: true, IsValueType: false, IsString: false);
        if (name.StartsWith("global::System.Threading.Tasks.ValueTask", StringComparison.Ordinal))
            Refuse(Problems.UnknownShape, "a ValueTask");
        var isAsync = name.StartsWith(Names.Task + "<", StringComparison.Ordinal);
        if (isAsync)
            type = ((INamedTypeSymbol)type).TypeArguments[0];
        return new Returned(type.ToDisplayString(Plain), isAsync, type.IsValueType, type.SpecialType == SpecialType.System_String);
    }

    private ParameterModel Parameter(IParameterSymbol parameter, bool isHttp, List<string> routeKeys)
    {
        var type = parameter.Type.ToDisplayString(Plain);
        var named = new[] { Names.FromRoute, Names.FromQuery, Names.FromHeader }
            .Select(name => Attribute(parameter, name)).FirstOrDefault(attribute => attribute is not null);
        var key = named?.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string ?? parameter.Name;
        var source = SourceOf(parameter, type, named, isHttp, routeKeys);
        var element = source is ParameterSource.Query or ParameterSource.Header ? Element(parameter.Type) : null;
        if (source is ParameterSource.Route or ParameterSource.Query or ParameterSource.Header && !IsConvertible(element ?? parameter.Type))
            Refuse(Problems.Unconvertible, type);
        return new ParameterModel(
            parameter.Name, type, source, key, element?.ToDisplayString(Plain), parameter.Type.SpecialType == SpecialType.System_String);
    }

    private ParameterSource SourceOf(IParameterSymbol parameter, string type, AttributeData? named, bool isHttp, List<string> routeKeys)
    {
        if (type == Names.Context)
            return ParameterSource.Context;
        if (Attribute(parameter, Names.FromServices) is not null)
            return ParameterSource.Services;
        if (!isHttp)
            return ParameterSource.Event;
        if (type == Names.HttpRequest)
            return ParameterSource.Request;
        if (Attribute(parameter, Names.FromBody) is not null)
            return ParameterSource.Body;
        switch (named?.AttributeClass!.ToDisplayString())
        {
            case Names.FromRoute: return ParameterSource.Route;
            case Names.FromQuery: return ParameterSource.Query;
            case Names.FromHeader: return ParameterSource.Header;
        }

        if (routeKeys.Contains(parameter.Name))
            return ParameterSource.Route;
        Refuse(Problems.UnknownShape, $"the parameter '{parameter.Name}', which says not where it comes from,");
        return ParameterSource.Event;
    }

    private static ITypeSymbol? Element(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } generic && type.OriginalDefinition.SpecialType is
            SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T
            ? generic.TypeArguments[0]
            : null;

    private static bool IsConvertible(ITypeSymbol type) => type.SpecialType is SpecialType.System_String
        or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) or SpecialType.System_DateTime;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private void Refuse(DiagnosticDescriptor problem, string? more = null) =>
        problems.Add(Diagnostic.Create(problem, location, method.Name, more));
}
