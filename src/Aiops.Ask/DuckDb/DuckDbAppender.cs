using System.Text;

namespace Aiops.Ask.DuckDb;

/// <summary>Adds rows to a table, value by value in the order of its columns, then <see cref="EndRow"/>; <see cref="Finish"/> keeps them.</summary>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly AppenderHandle handle;
    private byte[] buffer = new byte[4_096];

    internal DuckDbAppender(AppenderHandle handle) => this.handle = handle;

    public DuckDbAppender Add(ReadOnlySpan<char> text)
    {
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > buffer.Length)
        {
            buffer = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        var length = Encoding.UTF8.GetBytes(text, buffer); // What isn't Unicode becomes U+FFFD.
        fixed (byte* first = buffer)
        {
            return Checked(DuckDbNative.AppendText(handle, first, (ulong)length));
        }
    }

    /// <summary>Null for what isn't said.</summary>
    public DuckDbAppender AddOrNull(string? text) => string.IsNullOrEmpty(text) ? AddNull() : Add(text.AsSpan());

    public DuckDbAppender Add(bool value) => Checked(DuckDbNative.AppendBool(handle, value));

    public DuckDbAppender Add(long value) => Checked(DuckDbNative.AppendLong(handle, value));

    public DuckDbAppender Add(double value) => Checked(DuckDbNative.AppendDouble(handle, value));

    public DuckDbAppender AddOrNull(double? value) => value is { } known && double.IsFinite(known) ? Add(known) : AddNull();

    public DuckDbAppender Add(DateOnly day) => Checked(DuckDbNative.AppendDate(handle, day.DayNumber - new DateOnly(1970, 1, 1).DayNumber));

    public DuckDbAppender AddTime(long unixMicroseconds) => Checked(DuckDbNative.AppendTimestamp(handle, unixMicroseconds));

    public DuckDbAppender AddOrNull(DateTimeOffset? time) => time is { } known ? AddTime((known.UtcTicks - DateTime.UnixEpoch.Ticks) / 10) : AddNull();

    public DuckDbAppender AddNull() => Checked(DuckDbNative.AppendNull(handle));

    public void EndRow() => Checked(DuckDbNative.AppenderEndRow(handle));

    public void Finish() => Checked(DuckDbNative.AppenderClose(handle));

    public void Dispose() => handle.Dispose();

    private DuckDbAppender Checked(int failed) => failed == 0 ? this : throw new DuckDbException(handle.Error);
}
