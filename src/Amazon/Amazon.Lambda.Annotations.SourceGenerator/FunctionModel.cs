using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>A method with [LambdaFunction], as far as its wrapper needs to know it; types are fully qualified.</summary>
internal sealed record FunctionModel(
    string Namespace, string ClassName, string Method, Returned Returned, IReadOnlyList<ParameterModel> Parameters, bool IsHttp,
    bool IsStatic, Location Location)
{
    public string WrapperName => $"{ClassName}_{Method}_Generated";

    public string WrapperFullName => Namespace.Length == 0 ? $"global::{WrapperName}" : $"global::{Namespace}.{WrapperName}";

    public string ClassFullName => Namespace.Length == 0 ? $"global::{ClassName}" : $"global::{Namespace}.{ClassName}";

    /// <summary>The parameters of the wrapper's method: what Lambda itself passes.</summary>
    public IReadOnlyList<(string Type, string Name)> Passed => IsHttp
        ? [(Names.HttpRequest, "__request__"), (Names.Context, "__context__")]
        : Parameters.Where(parameter => parameter.Source is ParameterSource.Event or ParameterSource.Context)
            .Select(parameter => (parameter.Type, parameter.Source == ParameterSource.Context ? "__context__" : parameter.Name))
            .DefaultIfEmpty((Names.Stream, "stream"))
            .ToList();

    /// <summary>What the wrapper's method returns.</summary>
    public string ReturnType => IsHttp
        ? Returned.Of(Returned.IsHttpResult ? Names.Stream : Names.HttpResponse)
        : Returned.Type is null ? Returned.IsAsync ? Names.Task : "void" : Returned.Of(Returned.Type);
}

/// <summary>What a function returns: nothing where the type is null.</summary>
internal sealed record Returned(string? Type, bool IsAsync, bool IsValueType, bool IsString)
{
    public bool IsHttpResult => Type == Names.HttpResult;

    public string Of(string type) => IsAsync ? $"{Names.Task}<{type}>" : type;
}

/// <summary>A parameter and where its value comes from.</summary>
/// <param name="Key">Its name on the wire.</param>
/// <param name="Element">Where it is a collection that takes several values: their type.</param>
internal sealed record ParameterModel(string Name, string Type, ParameterSource Source, string Key, string? Element, bool IsString);

internal enum ParameterSource
{
    Event,
    Context,
    Services,
    Request,
    Body,
    Route,
    Query,
    Header,
}
