namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// Writes the wrapper of a function: its constructor builds the services and the function once, when the process starts; its
/// method opens a scope for each event, takes the parameters from where they come, and calls the function.
/// </summary>
internal sealed class WrapperWriter(FunctionModel function, StartupModel? startup, string serializer)
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private readonly Source source = new();

    public string Write()
    {
        if (function.Namespace.Length > 0)
            source.Line($"namespace {function.Namespace};").Line();
        source.Line($"/// <summary>Calls {function.ClassName}.{function.Method} for Lambda.</summary>")
            .Open($"public class {function.WrapperName}");
        if (startup is not null)
            source.Line("private readonly global::Microsoft.Extensions.DependencyInjection.ServiceProvider serviceProvider;");
        else
            source.Line($"private readonly {function.ClassFullName} function = new();");
        source.Line($"private readonly {serializer} serializer = new();").Line();
        if (startup is not null)
            WriteConstructor(startup);
        WriteMethod();
        return source.Close().ToString();
    }

    private void WriteConstructor(StartupModel startup)
    {
        const string add = "global::Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton";
        source.Line("/// <summary>Builds the services, and the function with what it depends on, as part of the start.</summary>")
            .Open($"public {function.WrapperName}()")
            .Line("var services = new global::Microsoft.Extensions.DependencyInjection.ServiceCollection();")
            .Line($"{add}<{function.ClassFullName}>(services);")
            .Line($"new {startup.FullName}().ConfigureServices(services);")
            .Line("serviceProvider = global::Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions.BuildServiceProvider(services);")
            .Line($"_ = {Services}.GetRequiredService<{function.ClassFullName}>(serviceProvider);")
            .Close().Line();
    }

    private void WriteMethod()
    {
        var async = function.Returned.IsAsync ? "async " : "";
        var parameters = string.Join(", ", function.Passed.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        source.Line("/// <summary>Handles one event.</summary>")
            .Open($"public {async}{function.ReturnType} {function.Method}({parameters})");
        if (startup is not null)
        {
            source.Line($"using var scope = {Services}.CreateScope(serviceProvider);")
                .Line($"var function = {Services}.GetRequiredService<{function.ClassFullName}>(scope.ServiceProvider);");
        }

        foreach (var parameter in function.Parameters.Where(parameter => parameter.Source == ParameterSource.Services))
            source.Line($"var {parameter.Name} = {Services}.GetRequiredService<{parameter.Type}>(scope.ServiceProvider);");
        if (function.IsHttp)
            new HttpBodyWriter(function, source).Write();
        else
            source.Line($"{(function.Returned.Type is null ? "" : "return ")}{Call(function)};");
        source.Close();
    }

    /// <summary>The call of the function itself, awaited where it is a task.</summary>
    public static string Call(FunctionModel function)
    {
        var arguments = string.Join(", ", function.Parameters.Select(parameter => parameter.Source switch
        {
            ParameterSource.Context => "__context__",
            ParameterSource.Request => "__request__",
            _ => parameter.Name,
        }));
        var target = function.IsStatic ? function.ClassFullName : "function";
        return $"{(function.Returned.IsAsync ? "await " : "")}{target}.{function.Method}({arguments})";
    }
}
