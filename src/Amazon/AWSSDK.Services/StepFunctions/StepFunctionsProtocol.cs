using System.Text.Json;
using Amazon.Internal;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Model;
using Amazon.Util;

namespace Amazon.StepFunctions;

/// <summary>How Step Functions is spoken to: AWS JSON 1.0, an operation a target.</summary>
internal static class StepFunctionsProtocol
{
    public static readonly Operation<StartExecutionRequest, StartExecutionResponse> StartExecution = new(
        Target<StartExecutionRequest>("StartExecution"),
        (request, json) =>
        {
            json.Member("input", request.Input);
            json.Member("name", request.Name);
            json.Member("stateMachineArn", request.StateMachineArn);
            json.Member("traceHeader", request.TraceHeader);
        },
        json => new() { ExecutionArn = json.Text("executionArn"), StartDate = json.Time("startDate") },
        Failure);

    public static readonly Operation<StopExecutionRequest, StopExecutionResponse> StopExecution = new(
        Target<StopExecutionRequest>("StopExecution"),
        (request, json) =>
        {
            json.Member("cause", request.Cause);
            json.Member("error", request.Error);
            json.Member("executionArn", request.ExecutionArn);
        },
        json => new() { StopDate = json.Time("stopDate") },
        Failure);

    public static readonly Operation<DescribeExecutionRequest, DescribeExecutionResponse> DescribeExecution = new(
        Target<DescribeExecutionRequest>("DescribeExecution"),
        (request, json) =>
        {
            json.Member("executionArn", request.ExecutionArn);
            json.Member("includedData", request.IncludedData?.Value);
        },
        json => new()
        {
            Cause = json.Text("cause"),
            Error = json.Text("error"),
            ExecutionArn = json.Text("executionArn"),
            Input = json.Text("input"),
            InputDetails = json.Object("inputDetails", Details),
            MapRunArn = json.Text("mapRunArn"),
            Name = json.Text("name"),
            Output = json.Text("output"),
            OutputDetails = json.Object("outputDetails", Details),
            RedriveCount = json.Integer("redriveCount"),
            RedriveDate = json.Time("redriveDate"),
            RedriveStatus = json.Text("redriveStatus"),
            RedriveStatusReason = json.Text("redriveStatusReason"),
            StartDate = json.Time("startDate"),
            StateMachineAliasArn = json.Text("stateMachineAliasArn"),
            StateMachineArn = json.Text("stateMachineArn"),
            StateMachineVersionArn = json.Text("stateMachineVersionArn"),
            Status = json.Text("status"),
            StopDate = json.Time("stopDate"),
            TraceHeader = json.Text("traceHeader"),
        },
        Failure);

    public static readonly Operation<ListExecutionsRequest, ListExecutionsResponse> ListExecutions = new(
        Target<ListExecutionsRequest>("ListExecutions"),
        (request, json) =>
        {
            json.Member("mapRunArn", request.MapRunArn);
            json.Member("maxResults", request.MaxResults);
            json.Member("nextToken", request.NextToken);
            json.Member("redriveFilter", request.RedriveFilter?.Value);
            json.Member("stateMachineArn", request.StateMachineArn);
            json.Member("statusFilter", request.StatusFilter?.Value);
        },
        json => new() { Executions = json.Many("executions", Item), NextToken = json.Text("nextToken") },
        Failure);

    public static readonly Operation<SendTaskSuccessRequest, SendTaskSuccessResponse> SendTaskSuccess = new(
        Target<SendTaskSuccessRequest>("SendTaskSuccess"),
        (request, json) =>
        {
            json.Member("output", request.Output);
            json.Member("taskToken", request.TaskToken);
        },
        _ => new(),
        Failure);

    public static readonly Operation<SendTaskFailureRequest, SendTaskFailureResponse> SendTaskFailure = new(
        Target<SendTaskFailureRequest>("SendTaskFailure"),
        (request, json) =>
        {
            json.Member("cause", request.Cause);
            json.Member("error", request.Error);
            json.Member("taskToken", request.TaskToken);
        },
        _ => new(),
        Failure);

    public static readonly Operation<SendTaskHeartbeatRequest, SendTaskHeartbeatResponse> SendTaskHeartbeat = new(
        Target<SendTaskHeartbeatRequest>("SendTaskHeartbeat"),
        (request, json) => json.Member("taskToken", request.TaskToken),
        _ => new(),
        Failure);

    private static Action<T, IRequest> Target<T>(string operation) => (_, request) =>
    {
        request.Headers["X-Amz-Target"] = $"AWSStepFunctions.{operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        request.Headers[HeaderKeys.XAmzApiVersion] = "2016-11-23";
        request.ResourcePath = "/";
    };

    private static CloudWatchEventsExecutionDataDetails Details(JsonElement json) => new() { Included = json.Truth("included") };

    private static ExecutionListItem Item(JsonElement json) => new()
    {
        ExecutionArn = json.Text("executionArn"),
        ItemCount = json.Integer("itemCount"),
        MapRunArn = json.Text("mapRunArn"),
        Name = json.Text("name"),
        RedriveCount = json.Integer("redriveCount"),
        RedriveDate = json.Time("redriveDate"),
        StartDate = json.Time("startDate"),
        StateMachineAliasArn = json.Text("stateMachineAliasArn"),
        StateMachineArn = json.Text("stateMachineArn"),
        StateMachineVersionArn = json.Text("stateMachineVersionArn"),
        Status = json.Text("status"),
        StopDate = json.Time("stopDate"),
    };

    private static AmazonStepFunctionsException Failure(ErrorResponse e) => e.Code switch
    {
        "ExecutionAlreadyExists" => new ExecutionAlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ExecutionDoesNotExist" => new ExecutionDoesNotExistException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ExecutionLimitExceeded" => new ExecutionLimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidArn" => new InvalidArnException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidExecutionInput" => new InvalidExecutionInputException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidName" => new InvalidNameException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidOutput" => new InvalidOutputException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidToken" => new InvalidTokenException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "KmsAccessDeniedException" => new KmsAccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "KmsInvalidStateException" => new KmsInvalidStateException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "KmsThrottlingException" => new KmsThrottlingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFound" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "StateMachineDeleting" => new StateMachineDeletingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "StateMachineDoesNotExist" => new StateMachineDoesNotExistException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "StateMachineTypeNotSupported" =>
            new StateMachineTypeNotSupportedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TaskDoesNotExist" => new TaskDoesNotExistException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TaskTimedOut" => new TaskTimedOutException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ValidationException" => new ValidationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonStepFunctionsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
