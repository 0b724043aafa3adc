using System.Text;
using System.Text.Json;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.SystemsManager;

public sealed class OpsCenterApiTests : IAsyncLifetime
{
    private const string Id = "oi-0123456789ab";
    private static readonly TicketContent Content = new("SEV2 checkout is slow", "p99 is 4 s", Severity.Sev2);

    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = peer.Client();
        peer.On("DescribeOpsItems", """{"OpsItemSummaries":[]}""").On("CreateOpsItem", $$"""{"OpsItemId":"{{Id}}"}""").On("UpdateOpsItem", "{}")
            .On("GetOpsItem", $$"""{"OpsItem":{"OpsItemId":"{{Id}}","RelatedOpsItems":[{"OpsItemId":"oi-aaaaaaaaaaaa"}],"OperationalData":{"x":{"Value":"y","Type":"String"} } } }""");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_OpsItem_bears_the_key_for_deduplication_and_for_the_search()
    {
        var ticket = await Tickets().OpenAsync("INC-1", Content, default);
        ticket.Id.ShouldBe(Id);
        ticket.Url.ShouldContain(AwsPeer.Region);
        var made = Body("CreateOpsItem");
        made.GetProperty("OperationalData").GetProperty("/aws/dedup").GetProperty("Value").GetString().ShouldBe("""{"dedupString":"INC-1"}""");
        made.GetProperty("OperationalData").GetProperty("/aws/dedup").GetProperty("Type").GetString().ShouldBe("SearchableString");
        (made.GetProperty("Priority").GetInt32(), made.GetProperty("Severity").GetString(), made.GetProperty("Source").GetString()).ShouldBe((2, "2", "Aiops"));
        var filter = Body("DescribeOpsItems").GetProperty("OpsItemFilters")[0];
        (filter.GetProperty("Key").GetString(), filter.GetProperty("Values")[0].GetString()).ShouldBe(("OperationalData", """{"key":"aiops-incident","value":"INC-1"}"""));
    }

    [Fact]
    public async Task One_that_is_there_already_is_taken_for_the_one_that_was_to_be_made()
    {
        peer.On("CreateOpsItem", PeerAnswer.Error("OpsItemAlreadyExistsException", $"An OpsItem with the same dedup string exists: {Id}"));
        (await Api().CreateAsync("INC-1", Content, default)).Id.ShouldBe(Id);

        peer.On("CreateOpsItem", PeerAnswer.Error("OpsItemAlreadyExistsException", "exists"));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => Api().CreateAsync("INC-1", Content, default));
    }

    [Fact]
    public async Task Our_comment_is_one_piece_of_operational_data_of_at_most_20_KB()
    {
        var tickets = Tickets();
        await tickets.OpenAsync("INC-1", Content, default);
        await tickets.CommentAsync("INC-1", $"**Head**\n\n{string.Concat(Enumerable.Repeat("日本語 ist lang.\n\n", 2_000))}\n---\n[Full report](https://reports.example/r)\n", default);
        var data = Body("UpdateOpsItem").GetProperty("OperationalData").GetProperty("aiops-analysis");
        var text = data.GetProperty("Value").GetString()!;
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(20 * 1024);
        text.ShouldContain("https://reports.example/r");
        text.ShouldContain("Cut here");
        data.GetProperty("Type").GetString().ShouldBe("String");
    }

    [Fact]
    public async Task Related_OpsItems_are_added_to_those_that_are_there()
    {
        var api = Api();
        await api.LinkAsync(Ticket(Id), Ticket("oi-bbbbbbbbbbbb"), default);
        Body("UpdateOpsItem").GetProperty("RelatedOpsItems").EnumerateArray().Select(one => one.GetProperty("OpsItemId").GetString())
            .ShouldBe(["oi-aaaaaaaaaaaa", "oi-bbbbbbbbbbbb"]);
        await api.LinkAsync(Ticket(Id), Ticket("oi-aaaaaaaaaaaa"), default);
        peer.CallsOf("UpdateOpsItem").Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_end_resolves_it_and_a_duplicate_loses_its_key()
    {
        await Api().MoveAsync(Ticket(Id), TicketState.Closed, default);
        Body("UpdateOpsItem").GetProperty("Status").GetString().ShouldBe("Resolved");
        await Api().MergeAsync(Ticket(Id), Ticket("oi-aaaaaaaaaaaa"), default);
        Body("UpdateOpsItem").GetProperty("OperationalDataToDelete")[0].GetString().ShouldBe("aiops-incident");
    }

    [Theory]
    [InlineData("OpsItemAccessDeniedException", 400, typeof(TicketSystemRefusedException))]
    [InlineData("AccessDeniedException", 403, typeof(TicketSystemRefusedException))]
    [InlineData("UnrecognizedClientException", 401, typeof(TicketSystemRefusedException))]
    [InlineData("OpsItemInvalidParameterException", 400, typeof(TicketSystemRefusedException))]
    [InlineData("OpsItemNotFoundException", 400, typeof(TicketGoneException))]
    [InlineData("ThrottlingException", 429, typeof(TicketSystemUnavailableException))]
    [InlineData("InternalServerError", 500, typeof(TicketSystemUnavailableException))]
    public async Task Its_errors_are_those_that_the_workflow_knows(string code, int status, Type expected)
    {
        peer.On("UpdateOpsItem", PeerAnswer.Error(code, "no", status));
        var error = await Should.ThrowAsync<Exception>(() => Api().MoveAsync(Ticket(Id), TicketState.Resolved, default));
        error.ShouldBeOfType(expected);
    }

    private static RemoteTicket Ticket(string id) => new(id, id, "");

    private JsonElement Body(string operation) => JsonDocument.Parse(peer.CallsOf(operation)[^1].Body).RootElement;

    private OpsCenterApi Api() => new(client, AwsPeer.Region);

    private RemoteTicketSystem Tickets()
        => new(Api(), new InMemoryTicketLedger(TimeProvider.System), new RemoteTicketOptions(), TimeProvider.System, NullLogger<RemoteTicketSystem>.Instance);
}
