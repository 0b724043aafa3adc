namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>What is left of up to 50 error budgets at a moment.</summary>
public sealed record BatchGetServiceLevelObjectiveBudgetReportRequest
    : IWireRequest<BatchGetServiceLevelObjectiveBudgetReportResponse>
{
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Names or ARNs.</summary>
    public required IReadOnlyList<string> SloIds { get; init; }

    WireOperation<BatchGetServiceLevelObjectiveBudgetReportResponse>
        IWireRequest<BatchGetServiceLevelObjectiveBudgetReportResponse>.Operation
        => Call;

    private static readonly WireOperation<BatchGetServiceLevelObjectiveBudgetReportResponse> Call
        = SignalsWire.Service.Call(
            "BatchGetServiceLevelObjectiveBudgetReport",
            SignalsJson.Default.BatchGetServiceLevelObjectiveBudgetReportRequest,
            SignalsJson.Default.BatchGetServiceLevelObjectiveBudgetReportResponse,
            new RestBinding("POST", "/budget-report"));
}

public sealed record BatchGetServiceLevelObjectiveBudgetReportResponse
{
    public IReadOnlyList<BudgetReport> Reports { get => field ?? []; init; }

    public IReadOnlyList<BudgetReportError> Errors { get => field ?? []; init; }
}

public sealed record BudgetReport
{
    public string? Arn { get; init; }

    public required string Name { get; init; }

    public string? EvaluationType { get; init; }

    /// <summary>OK, WARNING, BREACHED or INSUFFICIENT_DATA.</summary>
    public string? BudgetStatus { get; init; }

    /// <summary>Percent.</summary>
    public double? Attainment { get; init; }

    public int? TotalBudgetSeconds { get; init; }

    /// <summary>Negative when overspent.</summary>
    public int? BudgetSecondsRemaining { get; init; }

    public int? TotalBudgetRequests { get; init; }

    public int? BudgetRequestsRemaining { get; init; }

    public ObjectiveGoal? Goal { get; init; }
}

public sealed record ObjectiveGoal
{
    /// <summary>Percent.</summary>
    public double? AttainmentGoal { get; init; }

    public double? WarningThreshold { get; init; }
}

public sealed record BudgetReportError
{
    public string? Name { get; init; }

    public string? Arn { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}
