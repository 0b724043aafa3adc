using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>Whatever the bytes, the reader answers; and a refusal says what to do.</summary>
public class HostileBodiesTests
{
    private const string Small = """{"title":"t","occurredAt":"2026-05-09T14:00:00Z","description":"DESCRIPTION"}""";

    public static TheoryData<string> Samples() => [.. SampleEvents.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_truncated_event_is_refused_wherever_it_was_cut(string sample)
    {
        var whole = Encoding.UTF8.GetString(SampleEvents.Bytes(sample)).TrimEnd();
        var bytes = Encoding.UTF8.GetBytes(whole);
        for (var length = 0; length < bytes.Length; length += 97)
        {
            Refusal(bytes.AsMemory(0, length)).ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_bad_byte_is_refused_wherever_it_stands(string sample)
    {
        var bytes = SampleEvents.Bytes(sample);
        for (var at = 0; at < bytes.Length; at += 97)
        {
            var damaged = bytes.ToArray();
            damaged[at] = 0xFF;
            Refusal(damaged).ShouldStartWith("not UTF-8: 0x");
        }
    }

    [Fact]
    public void A_bad_byte_is_named_with_its_place()
        => Refusal((byte[])[.. "{\"title\":\""u8, 0xC3, 0x28, .. "\"}"u8]).ShouldBe("not UTF-8: 0xC3 at byte 10 begins no character; send UTF-8");

    [Theory]
    [InlineData("", "empty: expected a JSON object")]
    [InlineData(" \r\n\t", "empty: expected a JSON object")]
    [InlineData("hello", "not JSON but a text that starts \"hello\": send a JSON object")]
    [InlineData("{\"title\": tru}", "not JSON: unexpected \"}\" at byte 13")]
    [InlineData("{\n \"title\": \"x\",\n}", "not JSON: unexpected \"}\" at byte 17")]
    [InlineData("{\"title\": \"x\"", "not JSON: it ends at byte 13 before its object is complete")]
    [InlineData("{} {}", "not JSON: unexpected \"{\" at byte 3")]
    [InlineData("null", "$: expected an object, found null")]
    [InlineData("17", "$: expected an object, found the number 17")]
    [InlineData("\"ALARM\"", "$: expected an object, found the text \"ALARM\"")]
    [InlineData("[]", "$: holds no event")]
    [InlineData("{}", "not a format that is understood: the object is empty; see events/README.md")]
    [InlineData("{\"foo\":1,\"bar\\n\":2}", "not a format that is understood: keys seen are \"foo\", \"bar�\"; see events/README.md")]
    [InlineData("{\"Records\":[]}", "$.Records: holds no event")]
    [InlineData("{\"Records\":{}}", "$.Records: expected an array, found an object")]
    public void A_refusal_names_what_was_found(string body, string reason) => Refusal(Encoding.UTF8.GetBytes(body)).ShouldBe(reason);

    [Fact]
    public void A_body_of_exactly_1_MiB_is_read_and_one_byte_more_is_refused_by_name()
    {
        var padding = EventReader.MaxBytes - Encoding.UTF8.GetByteCount(Small) + "DESCRIPTION".Length;
        var largest = Encoding.UTF8.GetBytes(Small.Replace("DESCRIPTION", new string('d', padding), StringComparison.Ordinal));
        largest.Length.ShouldBe(1_048_576);

        var trigger = Read(largest).ShouldBeOfType<ReadEvent.Triggers>().Items.ShouldHaveSingleItem();
        trigger.Description!.Length.ShouldBe(16_384); // Whole in the stored body; cut in what travels.
        trigger.Description.ShouldEndWith("…");
        Refusal((byte[])[.. largest, (byte)' ']).ShouldBe("larger than 1 MiB (1,048,577 bytes): send the events in smaller batches");
    }

    [Fact]
    public void A_megabyte_of_name_stays_one_name()
    {
        string Body(char last) => $$"""
            {"AlarmName":"{{new string('n', 1_000_000)}}{{last}}","NewStateValue":"ALARM","StateChangeTime":"2026-05-09T14:00:00.000+0000"}
            """;
        var (a, b, again) = (Only(Body('a')), Only(Body('b')), Only(Body('a')));

        a.Subject.ShouldStartWith("sha256:");
        a.Subject.ShouldBe(again.Subject);
        a.Subject.ShouldNotBe(b.Subject);
        a.Title.Length.ShouldBe(512);
    }

    [Fact]
    public void Nesting_of_64_levels_is_read_and_65_are_refused()
    {
        static byte[] Nested(int levels) => Encoding.UTF8.GetBytes(
            $$$"""{"title":"t","occurredAt":"2026-05-09T14:00:00Z","tags":{{{new string('[', levels - 1)}}}{{{new string(']', levels - 1)}}} }""");

        Read(Nested(64)).ShouldBeOfType<ReadEvent.Triggers>();
        Refusal(Nested(65)).ShouldStartWith("nested deeper than 64 levels at byte ");
        Refusal(Encoding.UTF8.GetBytes(new string('[', 500_000))).ShouldStartWith("nested deeper than 64 levels at byte ");
    }

    [Fact]
    public void Deep_nesting_in_reason_data_costs_only_its_numbers()
    {
        var deep = new string('[', 5_000);
        var trigger = Only($$$$"""
            {"alarmArn":"arn:aws:cloudwatch:eu-central-1:222233334444:alarm:a","alarmData":{"alarmName":"a","state":{"value":"ALARM",
             "timestamp":"2026-05-09T14:00:00.000+0000","reasonData":"{{{{deep}}}}"}}}
            """);
        trigger.Observed.ShouldBeNull();
    }

    [Fact]
    public void A_byte_order_mark_is_accepted()
        => Read((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Small)]).ShouldBeOfType<ReadEvent.Triggers>();

    [Fact]
    public void Utf_16_is_named() => Refusal((byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Small)]).ShouldBe("not UTF-8 but UTF-16: send UTF-8");

    [Theory]
    [InlineData("""\ud83d""", "�")]
    [InlineData("""\ude00 \uD83D""", "� �")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("""\ud83d\ud83d\ude00""", "�😀")]
    [InlineData("""\\ud83d""", """\ud83d""")] // An escaped backslash, then letters.
    [InlineData("""\ud83dx""", "�x")]
    public void Half_a_surrogate_pair_shows_as_damage_and_loses_nothing(string escaped, string read)
    {
        Only(Small.Replace("DESCRIPTION", escaped, StringComparison.Ordinal)).Description.ShouldBe(read);
        Only($$$"""{"title":"t","occurredAt":"2026-05-09T14:00:00Z","tags":{"{{{escaped}}}":"1"}}""").Tags.ShouldHaveSingleItem().Key.ShouldBe(read);
    }

    [Fact]
    public void Of_a_key_given_twice_the_last_counts()
        => Only("""{"title":"a","title":"b","occurredAt":"2026-05-09T14:00:00Z","tags":{"x":"1","x":"2"}}""").ShouldSatisfyAllConditions(
            trigger => trigger.Title.ShouldBe("b"),
            trigger => trigger.Tags["x"].ShouldBe("2"));

    [Fact]
    public void Numbers_beyond_what_a_double_holds_are_not_said()
        => Only("""{"title":"a","occurredAt":"2026-05-09T14:00:00Z","value":1e999,"threshold":"NaN"}""").ShouldSatisfyAllConditions(
            trigger => trigger.Observed.ShouldBeNull(),
            trigger => trigger.Threshold.ShouldBeNull());

    [Fact]
    public void A_link_that_leads_elsewhere_than_to_the_web_is_dropped()
        => Only("""{"title":"a","occurredAt":"2026-05-09T14:00:00Z","url":"javascript:alert(1)","runbook":"file:///etc/passwd"}""").Links.ShouldBeEmpty();

    [Fact]
    public void Ten_thousand_events_in_one_body_are_read_and_one_more_is_refused()
    {
        static byte[] Batch(int count) => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1", count))}]");

        Read(Batch(10_000)).ShouldBeOfType<ReadEvent.Triggers>().UnreadableParts.Count.ShouldBe(10_000);
        Refusal(Batch(10_001)).ShouldBe("$: more than 10,000 events in one body: send smaller batches");
    }

    [Fact]
    public void What_thousands_of_alerts_have_in_common_is_cut_once_and_shared()
    {
        var labels = string.Join(',', Enumerable.Range(0, 20_000).Select(index => $"\"label{index}\":\"v\""));
        var alerts = string.Join(',', Enumerable.Repeat("""{"startsAt":"2026-05-09T14:00:00Z"}""", 9_000));
        var body = $$$"""{"groupKey":"{{{new string('g', 2_000)}}}","status":"firing","commonLabels":{ {{{labels}}} },"alerts":[{{{alerts}}}]}""";

        var read = Read(Encoding.UTF8.GetBytes(body)).ShouldBeOfType<ReadEvent.Triggers>().Items;

        read.Count.ShouldBe(9_000);
        read[0].Tags.Count.ShouldBe(256);
        read[^1].Tags.ShouldBeSameAs(read[0].Tags);
        read[^1].GroupKey.ShouldBeSameAs(read[0].GroupKey);
    }

    private static ReadEvent Read(ReadOnlyMemory<byte> body) => new EventReader().Read(body);

    private static string Refusal(ReadOnlyMemory<byte> body) => Read(body).ShouldBeOfType<ReadEvent.Unreadable>().Reason;

    private static Trigger Only(string body)
        => Read(Encoding.UTF8.GetBytes(body)).ShouldBeOfType<ReadEvent.Triggers>().Items.ShouldHaveSingleItem();
}
