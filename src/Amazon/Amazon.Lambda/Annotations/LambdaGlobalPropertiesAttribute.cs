namespace Amazon.Lambda.Annotations;

/// <summary>What holds for every function of the assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Generate a Main that runs the function whose method's name is in ANNOTATIONS_HANDLER.</summary>
    public bool GenerateMain { get; set; }

    public string Runtime { get; set; }
}
