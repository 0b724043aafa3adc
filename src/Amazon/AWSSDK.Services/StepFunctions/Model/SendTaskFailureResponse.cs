using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>It was heard.</summary>
public class SendTaskFailureResponse : AmazonWebServiceResponse;
