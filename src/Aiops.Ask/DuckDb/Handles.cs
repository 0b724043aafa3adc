using System.Runtime.InteropServices;

namespace Aiops.Ask.DuckDb;

internal sealed class DatabaseHandle : SafeHandle
{
    public DatabaseHandle(nint opened) : base(0, ownsHandle: true) => SetHandle(opened);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.Close(ref handle);
        return true;
    }
}

internal sealed class ConnectionHandle : SafeHandle
{
    public ConnectionHandle(nint opened) : base(0, ownsHandle: true) => SetHandle(opened);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.Disconnect(ref handle);
        return true;
    }
}

internal sealed class PreparedHandle : SafeHandle
{
    public PreparedHandle(nint prepared) : base(0, ownsHandle: true) => SetHandle(prepared);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyPrepare(ref handle);
        return true;
    }
}

internal sealed class AppenderHandle : SafeHandle
{
    public AppenderHandle(nint created) : base(0, ownsHandle: true) => SetHandle(created);

    public override bool IsInvalid => handle == 0;

    public string Error => DuckDbNative.TextOf(DuckDbNative.AppenderError(handle));

    protected override bool ReleaseHandle() => DuckDbNative.AppenderDestroy(ref handle) == 0;
}
