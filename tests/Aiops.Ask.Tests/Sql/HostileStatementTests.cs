using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Sql;

/// <summary>What a model under somebody else's influence may write: none of it runs.</summary>
[NeedsDuckDb]
[Collection("shop")]
public sealed class HostileStatementTests(ShopFixture fixture)
{
    [PortTheory]
    [InlineData("DROP TABLE logs")]
    [InlineData("SELECT 1; DROP TABLE logs")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1 /* ; */ ; -- \n DELETE FROM store.logs")]
    [InlineData("INSERT INTO store.logs VALUES (NULL, 'a', 'b', 'c', NULL)")]
    [InlineData("UPDATE store.logs SET body = ''")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("CREATE MACRO m(x) AS x + 1")]
    [InlineData("WITH gone AS (DELETE FROM store.logs RETURNING *) SELECT * FROM gone")]
    [InlineData("WITH made AS (INSERT INTO store.calls VALUES ('a', 'b') RETURNING *) SELECT * FROM made")]
    [InlineData("COPY logs TO '/tmp/aiops-ask-stolen.csv'")]
    [InlineData("COPY (SELECT 1) TO '/tmp/aiops-ask-stolen.csv'")]
    [InlineData("EXPORT DATABASE '/tmp/aiops-ask-stolen'")]
    [InlineData("ATTACH '/tmp/other.db' AS other")]
    [InlineData("DETACH memory")]
    [InlineData("PRAGMA database_list")]
    [InlineData("PRAGMA enable_profiling")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET memory_limit = '100GB'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("RESET lock_configuration")]
    [InlineData("CALL pragma_version()")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("VACUUM")]
    [InlineData("CHECKPOINT")]
    [InlineData("DESCRIBE logs")]
    [InlineData("SHOW ALL TABLES")]
    [InlineData("SUMMARIZE logs")]
    [InlineData("FROM (SUMMARIZE logs)")]
    [InlineData("FROM (SHOW ALL TABLES)")]
    [InlineData("PIVOT logs ON service USING count(*)")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("BEGIN TRANSACTION")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_csv_auto('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM read_json('/etc/passwd')")]
    [InlineData("SELECT * FROM read_parquet('/etc/passwd')")]
    [InlineData("SELECT * FROM parquet_scan('/etc/passwd')")]
    [InlineData("SELECT * FROM glob('/*')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM \"/etc/passwd\"")]
    [InlineData("SELECT * FROM 'https://example.com/a.parquet'")]
    [InlineData("SELECT * FROM sniff_csv('/etc/passwd')")]
    [InlineData("SELECT content FROM Read_Text('/etc/passwd')")]
    [InlineData("SELECT * FROM main.read_text('/etc/passwd')")]
    [InlineData("SELECT (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x")]
    [InlineData("SELECT * FROM logs WHERE body IN (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("SELECT count(*) FROM logs ORDER BY (SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("SELECT 1 LIMIT (SELECT length(content) FROM read_text('/etc/passwd'))")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT current_setting('memory_limit')")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_tables()")]
    [InlineData("SELECT * FROM pragma_table_info('logs')")]
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM query_table('logs')")]
    [InlineData("SELECT * FROM json_execute_serialized_sql('{}')")]
    [InlineData("SELECT * FROM information_schema.tables")]
    [InlineData("SELECT * FROM sqlite_master")]
    [InlineData("SELECT * FROM pg_catalog.pg_tables")]
    [InlineData("SELECT * FROM pg_tables")]
    [InlineData("SELECT * FROM duckdb_columns")]
    [InlineData("SELECT * FROM store.logs")]
    [InlineData("SELECT * FROM memory.main.logs")]
    [InlineData("SELECT * FROM main.logs")]
    [InlineData("WITH sqlite_master AS (SELECT * FROM sqlite_master) SELECT * FROM sqlite_master")]
    [InlineData("SELECT * FROM (WITH pg_tables AS (SELECT 1) SELECT * FROM pg_tables) a, pg_tables b")]
    [InlineData("WITH a AS (SELECT * FROM pg_tables), pg_tables AS (SELECT 1) SELECT * FROM a")]
    [InlineData("SELECT * FROM logs a, logs b, logs c, spans d, spans e")]
    [InlineData("SELECT count(*) FROM logs CROSS JOIN spans")]
    [InlineData("SELECT count(*) FROM logs l JOIN spans s ON l.time < s.time")]
    [InlineData("SELECT count(*) FROM logs l JOIN spans s ON true")]
    [InlineData("SELECT count(*) FROM logs a JOIN logs b ON a.service = b.service JOIN logs c ON b.service = c.service JOIN logs d ON c.service = d.service")]
    [InlineData("WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r")]
    [InlineData("WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x FROM r) SELECT count(*) FROM r")]
    [InlineData("SELECT * FROM range(100001)")]
    [InlineData("SELECT count(*) FROM range(1000000000000)")]
    [InlineData("SELECT count(*) FROM generate_series(1, 1000000000)")]
    [InlineData("SELECT count(*) FROM generate_series(TIMESTAMP '1900-01-01', TIMESTAMP '2100-01-01', INTERVAL 1 SECOND)")]
    [InlineData("SELECT * FROM calls, range((SELECT count(*) FROM logs) * 1000)")]
    [InlineData("SELECT * FROM logs l, LATERAL (SELECT * FROM range(l.time::INT))")]
    [InlineData("SELECT unnest(range(1000000000))")]
    [InlineData("SELECT unnest(generate_series(1, 1000000000))")]
    [InlineData("SELECT repeat('x', 1000000000)")]
    [InlineData("SELECT lpad('x', 1000000000, 'x')")]
    [InlineData("SELECT printf('%1000000000d', 1)")]
    [InlineData("SELECT format('{:1000000000}', 1)")]
    [InlineData("SELECT list_resize([1], 1000000000)")]
    [InlineData("SELECT string_agg(body, '') FROM logs")]
    [InlineData("SELECT array_agg(body) FROM logs")]
    [InlineData("SELECT list_transform([1], x -> x + 1)")]
    [InlineData("SELECT replace(replace(replace(replace(body, 'e', 'eeeeeeee'), 'e', 'eeeeeeee'), 'e', 'eeeeeeee'), 'e', 'eeeeeeee') FROM logs")]
    [InlineData("WITH a AS (SELECT body || body AS b FROM logs), c AS (SELECT b || b || b || b AS b FROM a), d AS (SELECT b || b || b || b || b || b || b || b AS b FROM c), e AS (SELECT b || b || b || b || b || b || b || b || b || b || b || b || b || b || b || b || b AS b FROM d) SELECT b FROM e")]
    [InlineData("SELECT regexp_replace(body, 'a', body, 'g') FROM logs")]
    [InlineData("SELECT now()")]
    [InlineData("SELECT current_date")]
    [InlineData("SELECT current_user")]
    [InlineData("SELECT random()")]
    [InlineData("SELECT uuid()")]
    [InlineData("SELECT nextval('s')")]
    [InlineData("SELECT sleep_ms(100000)")]
    [InlineData("SELECT $1")]
    [InlineData("SELECT ?")]
    [InlineData("SELECT '1'::JSON")]
    [InlineData("SELECT 'logs'::REGCLASS")]
    [InlineData("SELECT nothing FROM logs")]
    [InlineData("SELECT * FROM ｌｏｇｓ")]
    [InlineData("SELECT＊FROM logs")]
    [InlineData("SELECT * FROM logs\u0000; DROP TABLE logs")]
    [InlineData("SEL\u200BECT 1")]
    [InlineData("DR/**/OP TABLE logs")]
    [InlineData("select 1) as answer(c0) limit 1; drop table logs; --")]
    [InlineData("")]
    [InlineData(";;;")]
    public async Task Nothing_but_a_bounded_SELECT_on_catalogued_tables_runs(string sql)
    {
        var client = ScriptedClient.Says(ScriptedClient.Statement(sql));
        var answer = await fixture.Desk(client).AskAsync(new Question("How many log lines are there?"), default);

        answer.ShouldBeOfType<Answer.Refused>();
        client.Sent.Count.ShouldBe(1 + AskLimits.Repairs);
        var after = await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement("SELECT count(*) FROM logs"))).AskAsync(new Question("How many log lines are there?"), default);
        after.ShouldBeOfType<Answer.Answered>().Rows[0][0].ShouldBe((long)ShopData.Instance.Logs.Count);
        File.Exists("/tmp/aiops-ask-stolen.csv").ShouldBeFalse();
    }

    /// <summary>Small statements that would be much: before they run, while their names are looked up, or in one text.</summary>
    public static TheoryData<string> Exploding() =>
    [
        $"SELECT replace('{new string('a', 6_000)}' || body, 'a', '998 b') FROM logs",
        string.Concat(Enumerable.Range(1, 6).Select(i => $"{(i == 1 ? "WITH" : ",")} c{i} AS (SELECT CAST(list_value({Of("b", 10)}) AS VARCHAR) AS b FROM {(i == 1 ? "(SELECT body AS b FROM logs) l" : $"c{i - 1}")})"))
            + " SELECT max(b) FROM c6",
        $"SELECT concat_ws(concat_ws(body, {Of("''", 500)}), {Of("''", 500)}) FROM logs",
        string.Concat(Enumerable.Repeat("SELECT *,*,*,*,*,*,*,* FROM (", 4)) + "SELECT *,*,*,*,*,*,*,* FROM logs" + new string(')', 4),
        string.Concat(Enumerable.Range(1, 5).Select(i => $"{(i == 1 ? "WITH" : ",")} c{i} AS (SELECT *,*,*,*,*,*,*,* FROM {(i == 1 ? "logs" : $"c{i - 1}")})")) + " SELECT 1 FROM c5",
        "SELECT COLUMNS(*), COLUMNS(*), COLUMNS(*), COLUMNS(*) FROM (SELECT *,*,*,*,*,*,*,* FROM (SELECT *,*,*,*,*,*,*,* FROM spans))",
        string.Concat(Enumerable.Range(1, 9).Select(i => $"{(i == 1 ? "WITH" : ",")} c{i} AS (SELECT a.caller FROM {(i == 1 ? "calls a" : $"c{i - 1} a JOIN c{i - 1} b ON a.caller = b.caller")})")) + " SELECT 1 FROM c9",
        "SELECT body || body || body || body || body AS b, b || b || b || b || b AS c FROM logs",
        "SELECT 1 FROM (SELECT body || body || body || body || body AS b FROM logs) WHERE b || b || b || b || b = ''",
        "SELECT strftime(time, body) FROM logs",
        "SELECT CAST(max(body, 1000000) AS VARCHAR) FROM logs",
        "SELECT CAST(arg_max(body, time, 1000000) AS VARCHAR) FROM logs",
        $"SELECT count(*) FROM spans GROUP BY CUBE ({string.Join(", ", Enumerable.Range(0, 7).Select(i => $"duration_ms + {i}"))})",
        $"SELECT {string.Join(", ", Enumerable.Repeat("body || body || body || body", 40))} FROM logs",
    ];

    private static string Of(string part, int many) => string.Join(",", Enumerable.Repeat(part, many));

    [PortTheory]
    [MemberData(nameof(Exploding))]
    public async Task What_would_be_much_is_refused_for_its_size_alone(string sql)
    {
        var answer = await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql))).AskAsync(new Question("How many log lines are there?"), default);
        answer.ShouldBeOfType<Answer.Refused>().Reason.ShouldMatch("longest|as long as|columns, and 1,000|long texts|times over|ways, and");
    }

    [PortFact]
    public async Task The_database_itself_refuses_what_the_checks_would_have_to_let_through()
    {
        string[] statements =
        [
            $"SELECT * FROM read_csv('{fixture.SecretFile}')", $"SELECT * FROM '{fixture.SecretFile}'", $"COPY (SELECT 1) TO '{fixture.SecretFile}'",
            $"ATTACH '{fixture.SecretFile}.db' AS other", "SET memory_limit = '100GB'", "SET enable_external_access = true", "INSTALL httpfs", "RESET allowed_paths",
        ];
        foreach (var statement in statements)
        {
            await Should.ThrowAsync<DuckDb.DuckDbException>(() => fixture.Data.UseAsync(connection => connection.Query(statement), default), statement);
        }
    }

    [PortTheory]
    [InlineData("SELECT \"service\" FROM \"LOGS\" LIMIT 1")]
    [InlineData("SELECT * FROM range(100000) LIMIT 1")]
    [InlineData("SELECT 1 AS x -- a comment; DROP TABLE logs")]
    [InlineData("WITH logs AS (SELECT 1 AS x) SELECT x FROM logs")]
    [InlineData("SELECT 'DROP TABLE logs; read_text(''/etc/passwd'')' AS harmless")]
    [InlineData("SELECT a.caller FROM calls a, calls b LIMIT 1")]
    [InlineData("FROM logs SELECT count(*)")]
    [InlineData("SELECT unnest([1]) ")]
    [InlineData("SELECT count(*) FROM logs;")]
    [InlineData("SELECT body || body || body || body || body || body || body || body || body || body || body || body || body || body || body || body || body || body || body || body AS b FROM logs LIMIT 1")]
    [InlineData("SELECT *,*,*,*,*,*,*,* FROM logs LIMIT 1")]
    [InlineData("SELECT replace(replace(body, 'checkout', 'co'), 'payments', 'pay') || strftime(time, '%Y-%m-%d %H:%M') || concat_ws(' → ', service, severity) AS b FROM logs LIMIT 1")]
    [InlineData("SELECT max(length(regexp_replace(body, '[0-9]+', '<number>', 'g'))) AS b FROM logs")]
    [InlineData("SELECT service, count(*) AS n FROM spans GROUP BY ROLLUP (service) ORDER BY n DESC LIMIT 1")]
    public async Task What_only_looks_dangerous_runs(string sql)
        => (await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql))).AskAsync(new Question("?"), default)).ShouldBeOfType<Answer.Answered>().Rows.Count.ShouldBe(1);
}
