using System.Collections.Frozen;

namespace Aiops.Ask.Sql;

/// <summary>
/// The functions that a statement may call: they compute on what they are given, read nothing else, are the same whenever they
/// are called, and can't make much of little (but for what <see cref="TextBound"/> counts).
/// </summary>
internal static class AllowedFunctions
{
    public static FrozenSet<string> Scalars { get; } = Set(
        """
        + - * / // % ** ^ || ~~ !~~ ~~* !~~* abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log2 log10 pow power greatest least mod
        isnan isinf isfinite width_bucket
        lower upper length strlen trim ltrim rtrim left right substring substr position strpos instr starts_with ends_with suffix prefix
        contains split_part concat concat_ws replace regexp_matches regexp_replace regexp_extract regexp_full_match reverse like_escape ilike_escape
        not_like_escape not_ilike_escape
        date_trunc date_part datepart datetrunc date_diff datediff date_sub date_add year month day hour minute second dayofweek isodow weekday dayname
        monthname week weekofyear quarter dayofyear isoyear last_day epoch epoch_ms strftime time_bucket make_date make_timestamp age
        to_years to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds to_microseconds
        coalesce ifnull nullif if list_value unnest hash
        """);

    public static FrozenSet<string> Aggregates { get; } = Set(
        """
        count count_star count_if countif sum avg mean min max median mode stddev stddev_samp stddev_pop var_samp var_pop variance corr covar_samp covar_pop
        regr_slope regr_intercept regr_r2 quantile quantile_cont quantile_disc approx_quantile approx_count_distinct any_value first last arg_max arg_min
        max_by min_by bool_and bool_or product skewness kurtosis mad
        """);

    public static FrozenSet<string> Windows { get; } = Set("row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value");

    /// <summary>Aggregates that go over a window's rows anew for each row, or keep kilobytes for each, and can't be stopped in between.</summary>
    public static FrozenSet<string> NotWindows { get; } = Set("mode mad approx_quantile approx_count_distinct");

    /// <summary>What makes rows of numbers; counted before it runs.</summary>
    public static FrozenSet<string> Tables { get; } = Set("range generate_series unnest");

    /// <summary>Words that DuckDB takes for calls where no column bears the name.</summary>
    public static FrozenSet<string> NotColumns { get; } = Set(
        "current_date current_time current_timestamp current_user session_user user current_schema current_catalog current_role localtime localtimestamp");

    /// <summary>Of casts.</summary>
    public static FrozenSet<string> Types { get; } = Set(
        """
        BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE DECIMAL VARCHAR DATE TIME TIMESTAMP TIMESTAMP_S
        TIMESTAMP_MS TIMESTAMP_NS INTERVAL NULL
        """);

    private static FrozenSet<string> Set(string names) => names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
